import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BatchEntry } from '../../src/contract/entry.ts'
import type { Delivery, Queue } from '../../src/queue/queue.ts'
import { drain } from '../../src/worker/drain.ts'
import { startWorker, type Worker } from '../../src/worker/worker.ts'
import { openWorld, poison, silentLog, sqlError, storedSessions, troubled, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())
beforeEach(() => world.empty())

const sessionsOf = (entries: BatchEntry[]) => entries.map(entry => entry.body.session).sort()
const some = (n: number) => Array.from({ length: n }, () => world.batch())
const run = (options: { queue?: Queue; database?: World['database'] } = {}) =>
  drain({
    queue: options.queue ?? world.queue,
    database: options.database ?? world.database,
    log: silentLog,
    budgetMs: 60_000,
    maxEntries: 10_000,
  })
const rowsOf = async (text: string) => (await world.store.pool.query(text)).rows

/** A worker for the length of `work`, stopped in any case. */
async function withWorker(
  options: { queue?: Queue; database?: World['database'] },
  work: (worker: Worker) => Promise<void>,
) {
  const worker = startWorker({ queue: world.queue, database: world.database, log: silentLog, ...options })
  try {
    await work(worker)
  } finally {
    await worker.stop()
  }
}
const emptied = () => expect.poll(() => world.queue.depth(), { timeout: 20_000 }).toBe(0)

describe('the worker', () => {
  test('saves what is pushed, and empties the queue', async () => {
    const entries = some(3)
    await withWorker({}, async worker => {
      await world.queue.push(entries)
      await emptied()
      expect(await storedSessions(world)).toEqual(sessionsOf(entries))
      expect(worker.status()).toMatchObject({ blocked: false, error: null, saved: { dead: 0, duplicate: 0 } })
    })
  })

  test('counts a batch that comes twice once', async () => {
    const [entry] = some(1)
    await world.queue.push([entry!, entry!])
    await world.queue.push([entry!])
    const done = await run()
    expect(done).toMatchObject({ pulled: 3, dead: 0, remaining: 0 })
    expect(done.stored).toBe(3)
    expect(done.stored + done.duplicate).toBe(9)
    expect(await rowsOf('select active_ms, acts from internal.sessions')).toEqual([
      { active_ms: 12_000, acts: 1 },
    ])
  })

  test('sets poison among good entries apart, with its bytes, and saves the others', async () => {
    const good = some(9)
    const bad = poison(world)
    await world.queue.push([...good.slice(0, 4), bad, ...good.slice(4)])
    expect(await run()).toMatchObject({ pulled: 10, dead: 1, remaining: 0, stored: 27 })
    expect(await storedSessions(world)).toEqual(sessionsOf(good))
    const letters = await rowsOf(
      'select reason, sqlstate, payload, campaign_id, session_id from internal.dead_letters',
    )
    expect(letters).toMatchObject([
      {
        reason: 'refused',
        sqlstate: '22021',
        campaign_id: world.campaign_id,
        session_id: (bad as BatchEntry).body.session,
      },
    ])
    expect(JSON.parse(letters[0].payload.toString())).toEqual(bad)
  })

  test('sets apart bytes that are no entry', async () => {
    const good = some(2)
    await world.queue.push(good.slice(0, 1))
    const garbage = [Buffer.from('not JSON'), Buffer.from([0xff, 0x00]), Buffer.from('{"kind":"batch"}')]
    await world.store.pool.query('insert into internal.inbox (body) select unnest($1::bytea[])', [garbage])
    await world.queue.push(good.slice(1))
    expect(await run()).toMatchObject({ pulled: 5, dead: 3, remaining: 0 })
    expect(await storedSessions(world)).toEqual(sessionsOf(good))
    const letters = await rowsOf('select reason, payload from internal.dead_letters order by id')
    expect(letters.map(letter => letter.payload)).toEqual(garbage)
    expect(new Set(letters.map(letter => letter.reason))).toEqual(new Set(['unreadable']))
  })

  test('keeps the conservation law with duplicates, poison and strangers: received = stored + duplicate + dropped + dead', async () => {
    const good = some(20)
    const stranger = { ...world.batch(), link_id: '00000000-0000-4000-8000-000000000001' }
    await world.queue.push([...good, poison(world), stranger, ...good.slice(5), poison(world)])
    const done = await run()
    expect(done).toMatchObject({
      pulled: 38,
      dead: 2,
      dropped: { unknown_link: 3 },
      remaining: 0,
      stored: 60,
    })
    const tally = Object.fromEntries(
      (await rowsOf('select outcome, sum(n)::int as n from internal.tally group by 1')).map(row => [
        row.outcome,
        row.n,
      ]),
    )
    expect(tally).toEqual({ received: 38 * 3, stored: 60, duplicate: 45, 'dropped:unknown_link': 3, dead: 6 })
  })

  test.each(['40001', '40P01', '08006', '53300', '57P01'])(
    'tries again after the transient error %s, without a strike',
    async code => {
      let failures = 0
      const database = troubled(world.database, () => {
        if (failures++ < 3) throw sqlError(code)
      })
      const entries = some(4)
      await world.queue.push(entries)
      await withWorker({ database }, async worker => {
        await emptied()
        expect(worker.status()).toMatchObject({ blocked: false, error: null, saved: { dead: 0 } })
      })
      expect(failures).toBeGreaterThan(3)
      expect(await storedSessions(world)).toEqual(sessionsOf(entries))
      expect(await rowsOf('select 1 from internal.dead_letters')).toEqual([])
    },
  )

  test('a save that took the database too long is tried again in halves', async () => {
    let saves = 0
    const database = troubled(world.database, () => {
      if (saves++ === 0) throw sqlError('57014')
    })
    const entries = some(4)
    await world.queue.push(entries)
    expect(await run({ database })).toMatchObject({ pulled: 4, dead: 0, remaining: 0, stored: 12 })
    expect(saves).toBe(3)
    expect(await storedSessions(world)).toEqual(sessionsOf(entries))
  })

  test.each(['42883', '42501', 'XX000', '25006'])(
    'takes the error %s for our fault: acks nothing, says it is blocked, and goes on once it is mended',
    async code => {
      let broken = true
      const database = troubled(world.database, () => {
        if (broken) throw sqlError(code)
      })
      const entries = some(4)
      await world.queue.push(entries)
      await withWorker({ database }, async worker => {
        await expect.poll(() => worker.status().blocked, { timeout: 10_000 }).toBe(true)
        expect(worker.status().error).toContain(code)
        expect(await world.queue.depth()).toBe(4)
        broken = false
        await emptied()
        expect(worker.status().blocked).toBe(false)
      })
      expect(await storedSessions(world)).toEqual(sessionsOf(entries))
      expect(await rowsOf('select 1 from internal.dead_letters')).toEqual([])
    },
  )

  test('acks only after the commit: an ack that fails leads to a second save, which changes nothing', async () => {
    const seen: string[] = []
    let acks = 0
    const queue: Queue = {
      ...world.queue,
      async ack(deliveries: Delivery[]) {
        seen.push(`ack of ${deliveries.length} with ${(await storedSessions(world)).length} stored`)
        if (acks++ === 0) throw new Error('Socket closed unexpectedly')
        await world.queue.ack(deliveries)
      },
    }
    const entries = some(3)
    await world.queue.push(entries)
    await withWorker({ queue }, async () => {
      await emptied()
    })
    expect(seen).toEqual(['ack of 3 with 3 stored', 'ack of 3 with 3 stored'])
    expect(await storedSessions(world)).toEqual(sessionsOf(entries))
  })

  test('writes a dead letter before the ack, and one only, though the database goes away in between', async () => {
    const lettersAtAck: number[] = []
    const queue: Queue = {
      ...world.queue,
      async ack(deliveries: Delivery[]) {
        lettersAtAck.push((await rowsOf('select 1 from internal.dead_letters')).length)
        await world.queue.ack(deliveries)
      },
    }
    let transactions = 0
    const database = troubled(world.database, () => {
      // the refused save, then a failure in front of the dead letter
      if (++transactions === 2) throw sqlError('57P01')
    })
    await world.queue.push([poison(world)])
    await withWorker({ queue, database }, async () => {
      await emptied()
    })
    expect(lettersAtAck).toEqual([1])
    expect(await rowsOf('select 1 from internal.dead_letters')).toHaveLength(1)
  })

  test('goes on after the queue was away', async () => {
    let failures = 0
    const queue: Queue = {
      ...world.queue,
      async pull(max, leaseMs) {
        if (failures++ < 2) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
        return world.queue.pull(max, leaseMs)
      },
    }
    const entries = some(1)
    await world.queue.push(entries)
    await withWorker({ queue }, async worker => {
      await emptied()
      expect(worker.status()).toMatchObject({ blocked: false })
    })
    expect(await storedSessions(world)).toEqual(sessionsOf(entries))
  })

  test('stops while a fault keeps it from saving; the entries wait for the next one', async () => {
    const entries = some(2)
    await world.queue.push(entries)
    const database = troubled(world.database, () => {
      throw sqlError('08006')
    })
    await withWorker({ database }, async worker => {
      await expect.poll(() => worker.status().error, { timeout: 10_000 }).not.toBeNull()
    })
    expect(await world.queue.depth()).toBe(2)
  })

  test('leaves nothing running behind once stopped', async () => {
    const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length
    const before = timers()
    const worker = startWorker({ queue: world.queue, database: world.database, log: silentLog })
    await worker.stop()
    expect(timers()).toBeLessThanOrEqual(before)
  })
})

describe('a drain', () => {
  test('answers at once where there is nothing', async () => {
    expect(await run()).toMatchObject({
      pulled: 0,
      stored: 0,
      duplicate: 0,
      dropped: {},
      dead: 0,
      remaining: 0,
    })
  })

  test('takes no more entries than it may', async () => {
    await world.queue.push(some(7))
    const done = await drain({
      queue: world.queue,
      database: world.database,
      log: silentLog,
      budgetMs: 60_000,
      maxEntries: 5,
    })
    expect(done).toMatchObject({ pulled: 5, stored: 15, remaining: 2 })
  })

  test('begins no pull after its time is over', async () => {
    await world.queue.push(some(1))
    const done = await drain({
      queue: world.queue,
      database: world.database,
      log: silentLog,
      budgetMs: 0,
      maxEntries: 5,
    })
    expect(done).toMatchObject({ pulled: 0, remaining: 1 })
  })

  test('may run several times at once: every entry is saved by one of them', async () => {
    const entries = some(1_200)
    await world.queue.push(entries)
    const runs = await Promise.all([run(), run(), run()])
    expect(runs.reduce((sum, one) => sum + one.pulled, 0)).toBe(1_200)
    expect(runs.reduce((sum, one) => sum + one.stored, 0)).toBe(3_600)
    expect(await storedSessions(world)).toEqual(sessionsOf(entries))
  })

  test('fails where the database is away, and acks nothing', async () => {
    await world.queue.push(some(3))
    const database = troubled(world.database, () => {
      throw sqlError('08006')
    })
    await expect(run({ database })).rejects.toThrow('08006')
    expect(await world.queue.depth()).toBe(3)
  })
})
