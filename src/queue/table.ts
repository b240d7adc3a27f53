import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type { Entry } from '../contract/entry.ts'
import { type Database, LIMIT_MS } from '../store/database.ts'
import { encodeEntry } from './entry_bytes.ts'
import { groupCommit } from './group_commit.ts'
import type { Delivery, Queue } from './queue.ts'

/** How long an empty pull waits for something to come. */
const WAIT_MS = 1_000
/**
 * How often a waiting pull looks for what another process pushed: soon after traffic, seldom when it is quiet (a look at an
 * empty inbox costs the embedded database about a millisecond). What this process pushes wakes the pull at once.
 */
const LOOK_MS = { busy: 100, quiet: 500 }
const BUSY_FOR_MS = 10_000

/** The queue as a leased table, `internal.inbox`, in the same database as everything else. */
export function tableQueue(database: Pick<Database, 'as'>): Queue {
  const taker = randomBytes(6).toString('base64url')
  const service = { role: 'service_role' } as const
  const pushed = new EventEmitter()
  let closed = false
  let lastSeen = 0
  let pushes = 0

  const commit = groupCommit(async (bodies: Uint8Array[]) => {
    await database.as(service, query => query('select internal.push_inbox($1)', [bodies]), LIMIT_MS.collect)
    pushes++
    pushed.emit('some')
  })

  const take = (max: number, leaseMs: number) =>
    database.as(service, query =>
      query<{ id: number | string; body: Uint8Array; tries: number }>(
        'select id, body, tries from internal.take_inbox($1, $2, $3)',
        [max, leaseMs, taker],
      ),
    )

  /** Resolves when this process pushed something, or after `ms`. */
  async function something(ms: number): Promise<void> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), ms)
    await once(pushed, 'some', { signal: late.signal }).catch(() => {})
    clearTimeout(timer)
  }

  return {
    async push(entries: Entry[]) {
      if (closed) throw new Error('The queue is closed.')
      await commit(entries.map(encodeEntry))
    },
    async pull(max, leaseMs): Promise<Delivery[]> {
      const until = Date.now() + WAIT_MS
      for (;;) {
        const before = pushes
        const rows = await take(max, leaseMs)
        const now = Date.now()
        if (rows.length > 0) {
          lastSeen = now
          return rows.map(row => ({ id: String(row.id), bytes: row.body, tries: row.tries }))
        }
        if (closed || now >= until) return []
        if (pushes !== before) continue // it came while we looked, when nobody was listening yet
        const look = now - lastSeen < BUSY_FOR_MS ? LOOK_MS.busy : LOOK_MS.quiet
        await something(Math.min(look, until - now))
      }
    },
    async ack(deliveries) {
      if (deliveries.length === 0) return
      const ids = deliveries.map(one => one.id)
      await database.as(service, query => query('select internal.ack_inbox($1)', [ids]))
    },
    async depth() {
      const rows = await database.as(
        service,
        query => query<{ depth: number | string }>('select internal.inbox_depth() as depth'),
        LIMIT_MS.collect,
      )
      return Number(rows[0]!.depth)
    },
    async waitsMs() {
      const rows = await database.as(
        service,
        query => query<{ waits: number | string }>('select internal.inbox_waits() as waits'),
        LIMIT_MS.collect,
      )
      return Number(rows[0]!.waits)
    },
    async close() {
      closed = true
      pushed.emit('some')
      await commit.idle()
    },
  }
}
