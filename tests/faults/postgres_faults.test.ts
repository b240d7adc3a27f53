import { afterEach, expect, test } from 'vitest'
import { until } from '../servers/until.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { sendAll } from './send.ts'

let rig: Rig
afterEach(() => rig?.stop())

test.each([
  ['the queue in Redis', undefined],
  ['the queue in a table', false],
] as const)('PostgreSQL crashes in the middle of transactions and comes back, %s', async (name, redis) => {
  rig = await startRig(`PostgreSQL crash, ${name}`, redis === false ? { redis } : {})
  const web = await rig.web()
  await rig.worker()
  await rig.worker()
  const load = rig.load(350)
  let crashes = 0
  let crash: Promise<void> = Promise.resolve()
  await sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      if (crashes === 3 || acked < (load.length * (crashes + 1)) / 4) return
      crashes++
      crash = crash.then(() => rig.postgres.stopHard()).then(() => rig.postgres.start())
    },
  })
  await crash
  expect(crashes).toBe(3)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

test('connections of the worker killed again and again, at commits too, lose and double nothing', async () => {
  rig = await startRig('backends killed', {})
  const web = await rig.web()
  await rig.worker()
  let kills = 0
  const sending = { done: false }
  const sent = sendAll(rig.load(350), rig.ledger, { url: () => web.url }).then(() => {
    sending.done = true
  })
  while (!sending.done || (await rig.depth()) > 0) {
    const { rows } = await rig.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where pid <> pg_backend_pid() and state = 'active' and datname = current_database()
         and (query ilike 'commit%' or $1)`,
      [kills % 3 === 0],
    )
    kills += rows.length
    if (kills > 60) break
    await new Promise(resolve => setTimeout(resolve, rig.random.whole(0, 40)))
  }
  await sent
  expect(kills).toBeGreaterThan(0)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

test('PostgreSQL away for longer than several leases: everything is taken meanwhile and saved afterwards', async () => {
  rig = await startRig('PostgreSQL away', {})
  const web = await rig.web()
  const worker = await rig.worker()
  await sendAll(rig.load(20), rig.ledger, { url: () => web.url })
  await rig.settle()
  await rig.postgres.stopHard()
  const load = rig.load(350)
  const { statuses } = await sendAll(load, rig.ledger, { url: () => web.url })
  expect([...statuses.keys()]).toEqual([204])
  // An entry of the stream that was lent again and again: each time for a whole lease.
  const lent = () =>
    Number(rig.redis!.cli('xpending', 'pitchbeat:{0}', 'workers', '-', '+', '1').split('\n')[3])
  await until('several leases to pass', () => lent() >= 3, { everyMs: 100 })
  expect(worker.running()).toBe(true)
  await rig.postgres.start()
  await until('the pool to connect again', async () => (await rig.pool.query('select 1')).rowCount === 1)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

/** Longer than any save waits for its answer. */
const FROZEN_MS = 8_000

test('PostgreSQL stands still under load and wakes: what was given up is carried out late, and nothing is lost or doubled', async () => {
  rig = await startRig('PostgreSQL frozen', {})
  const web = await rig.web()
  const worker = await rig.worker()
  const load = rig.load(350)
  let frozenAt = 0
  const { statuses } = await sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      if (frozenAt || acked < load.length / 3) return
      frozenAt = performance.now()
      rig.postgres.freeze()
    },
  })
  expect([...statuses.keys()]).toEqual([204])
  await until('every save to be given up', () => performance.now() - frozenAt > FROZEN_MS, {
    timeoutMs: 20_000,
  })
  rig.postgres.thaw()
  expect(worker.running()).toBe(true)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})
