import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BatchEntry } from '../../src/contract/entry.ts'
import { decodeEntry } from '../../src/queue/entry_bytes.ts'
import type { Delivery, Queue } from '../../src/queue/queue.ts'
import { until } from '../servers/until.ts'
import { batchEntry } from './queue_entries.ts'

/** A place where a queue lives. `open` answers another handle on the same queue, as another process has it. */
export interface QueuePlace {
  open(): Promise<Queue>
  /** Puts bytes there that no `push` would have put. */
  putBytes(bytes: Buffer): Promise<void>
  stop(): Promise<void>
}

const LEASE_MS = 60_000
const sessionOf = (delivery: Delivery) => (decodeEntry(delivery.bytes) as BatchEntry).body.session
const some = (n: number) => Array.from({ length: n }, () => batchEntry())
const sessionsOf = (entries: BatchEntry[]) => entries.map(entry => entry.body.session).sort()

/** Pulls until `count` deliveries came; fails where they do not. */
async function pullAll(queue: Queue, count: number, leaseMs = LEASE_MS): Promise<Delivery[]> {
  const all: Delivery[] = []
  await until(`${count} deliveries`, async () => {
    all.push(...(await queue.pull(count - all.length, leaseMs)))
    return all.length >= count
  })
  return all
}

/** What every adapter of the queue's door must do. */
export function queueDoor(name: string, start: () => Promise<QueuePlace>): void {
  describe(`the queue's door: ${name}`, () => {
    let place: QueuePlace
    let queue: Queue
    let other: Queue
    beforeAll(async () => {
      place = await start()
      queue = await place.open()
      other = await place.open()
    })
    afterAll(async () => {
      await queue?.close()
      await other?.close()
      await place?.stop()
    })

    test('hands out what was pushed, byte for byte, poison included', async () => {
      const entry = batchEntry()
      entry.body.events[0]!.label = 'NUL \0, lone \ud800, quote ", ünï, 漢字, 🪩'
      entry.body.views[0]!.page = '__proto__'
      await queue.push([entry])
      const [delivery] = await pullAll(queue, 1)
      const carried = decodeEntry(delivery!.bytes) as BatchEntry
      expect(carried.body.views[0]!.page).toBe('__proto__')
      expect(carried.body.events[0]!.label).toContain('NUL \0')
      expect(carried.body.session).toBe(entry.body.session)
      expect(delivery!.tries).toBe(1)
      await queue.ack([delivery!])
    })

    test('carries bytes that are no entry at all, so that the worker can set them aside', async () => {
      const bytes = Buffer.from([0, 255, 10, 13, 0xed, 0xa0, 0x80, 36, 45])
      await place.putBytes(bytes)
      const [delivery] = await pullAll(queue, 1)
      expect(Buffer.from(delivery!.bytes)).toEqual(bytes)
      await queue.ack([delivery!])
      expect(await queue.depth()).toBe(0)
    })

    test('counts what is pushed and not acked, on loan or not', async () => {
      await queue.push(some(7))
      expect(await other.depth()).toBe(7)
      const deliveries = await pullAll(queue, 5)
      expect(await other.depth()).toBe(7)
      await queue.ack(deliveries.slice(0, 2))
      expect(await other.depth()).toBe(5)
      await queue.ack([...deliveries.slice(2), ...(await pullAll(queue, 2))])
      expect(await other.depth()).toBe(0)
    })

    test('tells how long the oldest has waited, also while it is lent out, and nothing once all is acked', async () => {
      expect(await queue.waitsMs()).toBe(0)
      await queue.push(some(1))
      await queue.push(some(2))
      const first = await queue.waitsMs()
      expect(first).toBeGreaterThan(0)
      await until('it to wait longer', async () => (await other.waitsMs()) >= first + 100)
      const [oldest, ...rest] = await pullAll(queue, 3)
      const lent = await other.waitsMs()
      expect(lent).toBeGreaterThan(first)
      await queue.ack([oldest!])
      expect(await queue.waitsMs()).toBeGreaterThan(0)
      await queue.ack(rest)
      expect(await other.waitsMs()).toBe(0)
    })

    test('never hands out more than asked for', async () => {
      await queue.push(some(30))
      const first = await queue.pull(4, LEASE_MS)
      expect(first.length).toBeGreaterThan(0)
      expect(first.length).toBeLessThanOrEqual(4)
      await queue.ack([...first, ...(await pullAll(queue, 30 - first.length))])
    })

    test('lends an entry to one taker at a time', async () => {
      const entries = some(200)
      await queue.push(entries)
      const pulls = await Promise.all([pullAll(queue, 100), pullAll(other, 100)])
      const deliveries = pulls.flat()
      expect(deliveries.map(sessionOf).sort()).toEqual(sessionsOf(entries))
      await queue.ack(deliveries)
    })

    test('brings back what was not acked within its lease, to whoever asks, and says how often it was pulled', async () => {
      const entry = batchEntry()
      await queue.push([entry])
      await pullAll(queue, 1, 300)
      const again = await until('the lease to pass', async () => (await other.pull(10, 300))[0])
      expect(sessionOf(again)).toBe(entry.body.session)
      expect(again.tries).toBe(2)
      const third = await until('the lease to pass again', async () => (await queue.pull(10, 300))[0])
      expect(third.tries).toBe(3)
      await queue.ack([third])
      expect(await queue.depth()).toBe(0)
    })

    test('brings back nothing before its lease is over', async () => {
      await queue.push(some(1))
      const lease = 1_500
      const began = performance.now()
      await pullAll(queue, 1, lease)
      const again = await until('the lease to pass', async () => (await other.pull(10, lease))[0])
      // a database and Redis count by their own clocks, in whole milliseconds
      expect(performance.now() - began).toBeGreaterThan(lease - 10)
      await queue.ack([again])
    })

    test('never brings back what was acked', async () => {
      await queue.push(some(3))
      await queue.ack(await pullAll(queue, 3, 100))
      await new Promise(resolve => setTimeout(resolve, 150))
      expect(await other.pull(10, 100)).toEqual([])
    })

    test('takes an ack twice, and one that comes after its lease', async () => {
      await queue.push(some(1))
      const first = await pullAll(queue, 1, 300)
      const second = await until('the lease to pass', async () => (await other.pull(10, 300))[0])
      await queue.ack(first)
      await queue.ack(first)
      await other.ack([second])
      await other.ack([])
      expect(await queue.depth()).toBe(0)
    })

    test('wakes a waiting pull when another process pushes', async () => {
      const waiting = until('something', async () => (await queue.pull(10, LEASE_MS))[0])
      const entry = batchEntry()
      await other.push([entry])
      const delivery = await waiting
      expect(sessionOf(delivery)).toBe(entry.body.session)
      await queue.ack([delivery])
    })

    test('answers an empty pull with nothing', async () => {
      expect(await queue.pull(10, LEASE_MS)).toEqual([])
    })

    test('keeps 10 000 entries pushed by many at once, and doubles none', async () => {
      const entries = some(10_000)
      const parts = Array.from({ length: 50 }, (_, n) => entries.slice(n * 200, (n + 1) * 200))
      const pushers = Array.from({ length: 8 }, async (_, n) => {
        for (let part = parts.pop(); part; part = parts.pop()) await (n % 2 ? queue : other).push(part)
      })
      await Promise.all(pushers)
      const seen: string[] = []
      const take = async (taker: Queue) => {
        for (;;) {
          const deliveries = await taker.pull(1_000, LEASE_MS)
          if (deliveries.length === 0 && seen.length >= entries.length) return
          seen.push(...deliveries.map(sessionOf))
          await taker.ack(deliveries)
        }
      }
      await Promise.all([take(queue), take(other)])
      expect(seen.sort()).toEqual(sessionsOf(entries))
      expect(await queue.depth()).toBe(0)
    })

    test('refuses a push after it was closed, and leaves what it had on loan to others', async () => {
      const third = await place.open()
      const entry = batchEntry()
      await queue.push([entry])
      await pullAll(third, 1, 300)
      await third.close()
      await expect(third.push(some(1))).rejects.toThrow()
      const delivery = await until('the lease to pass', async () => (await queue.pull(10, 300))[0])
      expect(sessionOf(delivery)).toBe(entry.body.session)
      await queue.ack([delivery])
    })
  })
}
