import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Pitchbeat } from '../servers/pitchbeat.ts'
import { type FaultyProxy, startProxy } from '../servers/proxy.ts'
import { until } from '../servers/until.ts'
import { holdSaves } from './hold_saves.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { sendAll } from './send.ts'

const KILLS = 50

let rig: Rig
/** between the workers and Redis */
let proxy: FaultyProxy
let web: Pitchbeat
let workers: Pitchbeat[] = []

beforeAll(async () => {
  rig = await startRig('worker kill', {
    redisUrl: async redis => {
      proxy = await startProxy(redis.port)
      return `redis://127.0.0.1:${proxy.port}`
    },
  })
  web = await rig.web({ env: { REDIS_URL: rig.redis!.url } })
})
afterEach(async () => {
  for (const worker of workers) {
    worker.kill('SIGCONT')
    await worker.kill9()
  }
  workers = []
})
afterAll(async () => {
  await rig?.stop()
  await proxy?.stop()
})

const url = () => web.url
const pending = () => Number(rig.redis!.cli('xpending', 'pitchbeat:{0}', 'workers').split('\n')[0])
const count = async (text: string) =>
  (await rig.pool.query(`select count(*)::int as n from ${text}`)).rows[0].n
const received = async () =>
  Number(
    (await rig.pool.query(`select sum(n) as n from internal.tally where outcome = 'received'`)).rows[0].n,
  )
const sessions = () => count('internal.sessions')

async function startWorker(): Promise<Pitchbeat> {
  const worker = await rig.worker()
  workers.push(worker)
  return worker
}

/** A worker that has pulled and whose save waits. */
async function workerInSave(hold: { waiting(): Promise<unknown> }): Promise<Pitchbeat> {
  const worker = await startWorker()
  await hold.waiting()
  expect(pending()).toBeGreaterThan(0)
  return worker
}

test('kill -9 of the worker before its commit: what it held comes back to another', async () => {
  await sendAll(rig.load(350), rig.ledger, { url })
  const hold = await holdSaves(rig.pool)
  const worker = await workerInSave(hold)
  await worker.kill9()
  await hold.release()
  expect(await sessions()).toBe(0)
  await startWorker()
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

test('kill -9 of the worker between commit and ack: what it saved comes again and changes nothing', async () => {
  await sendAll(rig.load(350), rig.ledger, { url })
  const before = await sessions()
  const hold = await holdSaves(rig.pool)
  const worker = await workerInSave(hold)
  proxy.become('black_hole')
  await hold.release()
  await until('the commit', async () => (await sessions()) > before)
  await worker.kill9()
  proxy.become('refuse')
  proxy.become('pass')
  expect(pending()).toBeGreaterThan(0)
  await startWorker()
  await rig.settle()
})

test('two workers, one stopped past its lease and continued: nothing is doubled', async () => {
  await sendAll(rig.load(350), rig.ledger, { url })
  const hold = await holdSaves(rig.pool)
  const stopped = await workerInSave(hold)
  stopped.kill('SIGSTOP')
  await hold.release()
  await startWorker()
  // The other takes over, saves and acks all that the stopped one had pulled, which then goes on with its own save.
  await until('all to be saved without it', async () => (await rig.depth()) === 0, { timeoutMs: 60_000 })
  const before = await received()
  stopped.kill('SIGCONT')
  await until('its late save', async () => (await received()) > before)
  await rig.settle()
})

test('fifty workers killed in a row, each while it saves: nothing is lost, and none is left in the group', async () => {
  const delivered = () =>
    /last-delivered-id\n(.*)/.exec(rig.redis!.cli('xinfo', 'groups', 'pitchbeat:{0}'))![1]
  const load = rig.load(700)
  const each = Math.ceil(load.length / KILLS)
  for (let kill = 0; kill < KILLS; kill++) {
    await sendAll(load.slice(kill * each, (kill + 1) * each), rig.ledger, { url })
    const before = delivered()
    const worker = await startWorker()
    await until('it to pull', () => delivered() !== before, { everyMs: 1 })
    await new Promise(resolve => setTimeout(resolve, rig.random.whole(0, 30)))
    await worker.kill9()
  }
  await startWorker()
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(2 * ENOUGH)
}, 600_000)
