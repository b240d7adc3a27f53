import { afterEach, expect, test } from 'vitest'
import type { Pitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { post, REFUSED_WITHIN_MS, sendAll } from './send.ts'

let rig: Rig
afterEach(() => rig?.stop())

const looksForRoom = (web: Pitchbeat) => web.stderr.filter(line => line.includes('Redis is full')).length
const lengthOf = () => Number(rig.redis!.cli('xlen', 'pitchbeat:{0}'))

test('Redis full: 503 at once, the worker drains, what it saved makes room, and everything kept arrives', async () => {
  rig = await startRig('Redis full', { redis: { maxmemory: '6mb' } })
  const web = await rig.web()
  const worker = await rig.worker()
  await sendAll(rig.load(50), rig.ledger, { url: () => web.url })
  await rig.settle()
  await worker.terminate()
  const saved = lengthOf()

  const load = rig.load(1_000)
  const [probe] = rig.load(1)
  const sending = sendAll(load, rig.ledger, { url: () => web.url, retryMs: 250 })
  rig.ledger.send(probe!)
  await until('Redis to be full', async () => (await post(web.url, probe!)) === 503, {
    timeoutMs: 60_000,
  })
  // Full of what nobody saved: that is not trimmed, whoever is refused and as often as he is.
  const [held, acked] = [lengthOf(), rig.ledger.ackedRequests]
  expect(held).toBeGreaterThan(100)
  expect(acked).toBeLessThan(load.length / 2)
  await until('three looks for room', () => looksForRoom(web) >= 3)
  expect(await rig.depth()).toBeGreaterThanOrEqual(held - saved)
  await rig.worker()
  const { statuses, slowest503 } = await sending
  expect(statuses.get(503)).toBeGreaterThan(0)
  expect(slowest503).toBeLessThan(REFUSED_WITHIN_MS)
  await rig.settle()
  // It went on long after it was full, though it never held 10 000 entries, the number past which a worker trims.
  expect(rig.ledger.ackedRequests).toBeGreaterThan(load.length)
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

test('Redis full of what is saved, and the worker gone: web alone makes room', async () => {
  rig = await startRig('Redis full of what is saved', { redis: { maxmemory: '6mb' } })
  const web = await rig.web()
  const worker = await rig.worker()
  const load = rig.load(1_000)
  const [first, second] = [load.slice(0, 500), load.slice(500, 1_200)]
  await sendAll(first, rig.ledger, { url: () => web.url })
  await rig.settle()
  expect(looksForRoom(web)).toBe(0)
  await worker.terminate()
  const saved = lengthOf()
  expect(saved).toBeGreaterThan(first.length / 2)
  const { statuses } = await sendAll(second, rig.ledger, { url: () => web.url, retryMs: 250 })
  expect(statuses.get(503)).toBeGreaterThan(0)
  expect(looksForRoom(web)).toBeGreaterThan(0)
  expect(lengthOf()).toBeLessThanOrEqual(second.length + 1)
  await rig.worker()
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})
