import { afterEach, expect, test } from 'vitest'
import { type FaultyProxy, startProxy } from '../servers/proxy.ts'
import { until } from '../servers/until.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { REFUSED_WITHIN_MS, sendAll } from './send.ts'

let rig: Rig
let proxy: FaultyProxy | undefined
afterEach(async () => {
  await rig?.stop()
  await proxy?.stop()
  proxy = undefined
})

const throughProxy = {
  redisUrl: async (redis: { port: number }) => {
    proxy = await startProxy(redis.port)
    return `redis://127.0.0.1:${proxy.port}`
  },
}

test('Redis killed under load and started again with its append-only file: nothing acknowledged is lost', async () => {
  rig = await startRig('Redis killed', {})
  const web = await rig.web()
  await rig.worker()
  let killed: Promise<void> | undefined
  const load = rig.load(350)
  const sending = await sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      if (acked < load.length / 2 || killed) return
      killed = rig.redis!.kill9().then(() => rig.redis!.start())
    },
  })
  await killed
  expect(killed).toBeDefined()
  expect(sending.statuses.get(204)).toBe(load.length)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

test('Redis restarted without an append-only file: it is warned of, and all goes on by itself', async () => {
  rig = await startRig('Redis without AOF', { redis: { appendonly: false } })
  const web = await rig.web()
  await rig.worker()
  expect(web.stderr.join('\n')).toContain('keeps no append-only file')
  await sendAll(rig.load(20), rig.ledger, { url: () => web.url })
  await rig.settle()
  await rig.redis!.kill9()
  await rig.redis!.start()
  await sendAll(rig.load(350), rig.ledger, { url: () => web.url })
  await rig.settle()
})

test.each(['black_hole', 'drop_replies', 'frozen'] as const)(
  'a half-open Redis (%s): 503 within a second, and what was kept arrives after it',
  async mode => {
    rig = await startRig(`half-open ${mode}`, throughProxy)
    const web = await rig.web()
    await rig.worker()
    const load = rig.load(350)
    let broken = false
    let refusals = 0
    const sending = sendAll(load, rig.ledger, {
      url: () => web.url,
      onAck: acked => {
        if (broken || acked < load.length / 3) return
        broken = true
        if (mode === 'frozen') rig.redis!.freeze()
        else proxy!.become(mode)
      },
      onRefusal: refused => {
        refusals = refused
      },
    })
    await until('the failure', () => broken)
    const before = rig.ledger.ackedRequests
    await until('each sender to be refused several times', () => refusals > 80)
    // What was on its way when it broke may still be answered; after that, nothing is.
    expect(rig.ledger.ackedRequests - before).toBeLessThanOrEqual(16)
    if (mode === 'frozen') rig.redis!.thaw()
    else proxy!.become('pass')
    const { statuses, slowest503 } = await sending
    expect(statuses.get(503)).toBeGreaterThan(0)
    expect(statuses.get(204)).toBe(load.length)
    expect(slowest503).toBeLessThan(REFUSED_WITHIN_MS)
    await rig.settle()
    expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
  },
)

test('a strict start refuses a Redis that may lose a second', async () => {
  rig = await startRig('strict', { redis: { fsync: 'everysec' } })
  await expect(rig.web({ env: { DURABILITY: 'strict' } })).rejects.toThrow(/appendfsync always/)
})
