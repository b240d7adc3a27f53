import { setTimeout as pause } from 'node:timers/promises'
import { Cron } from 'croner'
import type { Logger } from 'pino'
import { type Database, LIMIT_MS } from '../store/database.ts'

/** Something that is done again and again. Two runs of it never overlap. */
export interface Job {
  name: string
  /** a cron pattern, UTC; six fields begin with the second */
  every: string
  /** @param signal says that the process is about to end: what is left waits for the next run */
  run(signal: AbortSignal): Promise<void>
}

/** Rows that one transaction removes, about: some 20 ms, in which nobody is kept waiting for long. */
const ROWS = 2_000

/** Sessions that one transaction removes with all they did, some ten rows each. */
const SESSIONS = 200

/** What the jobs need. */
export interface TimetableParts {
  database: Database
  log: Logger
  /** removes logins that are over and answers how many; they are not in our tables */
  expireLogins?: () => Promise<number>
}

/** All that the worker does by the clock. */
export function timetable(parts: TimetableParts): Job[] {
  const { database } = parts
  return [
    // Nobody else vacuums the embedded database or ends its write-ahead log, which reached 2.7 GB.
    { name: 'maintain', every: '*/10 * * * *', run: () => database.maintain() },
    { name: 'erase', every: '*/10 * * * * *', run: signal => eraseDeleted(database, signal) },
    { name: 'expire', every: '23 * * * *', run: signal => expireOld(parts, signal) },
  ]
}

/**
 * Removes what was recorded of deleted campaigns, a little in each transaction. After each it rests as long as that took,
 * so that at least half of the disk's time is left to others.
 */
export async function eraseDeleted(database: Database, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const begun = performance.now()
    const [row] = await database.as(
      { role: 'service_role' },
      query => query<{ removed: number | null }>('select internal.erase_some($1) as removed', [ROWS]),
      LIMIT_MS.erasure,
    )
    if (row!.removed === null) return
    await pause(performance.now() - begun, undefined, { signal }).catch(() => {})
  }
}

/**
 * Removes what is older than its days: visits and messages by those of their project, spent codes and logins at once, dead
 * letters after 30 days. Says how many of each went, and nothing of what they were.
 */
export async function expireOld(
  { database, log, expireLogins }: TimetableParts,
  signal?: AbortSignal,
): Promise<void> {
  const step = <Row>(statement: string, values?: unknown[]) =>
    database.as({ role: 'service_role' }, query => query<Row>(statement, values), LIMIT_MS.erasure)
  const gone: Record<string, number> = {}
  /** Repeats a step until it finds nothing more. */
  async function repeat(statement: string, values: unknown[]): Promise<void> {
    while (!signal?.aborted) {
      const [row] = await step<Record<string, number>>(statement, values)
      const counts = Object.entries(row!)
      for (const [name, n] of counts) gone[name] = (gone[name] ?? 0) + n
      if (counts.every(([, n]) => n === 0)) return
    }
  }
  const campaigns = await step<{ id: string }>('select id from internal.campaigns_to_expire()')
  for (const { id } of campaigns) await repeat('select * from internal.expire_some($1, $2)', [id, SESSIONS])
  const logins = (await expireLogins?.()) ?? 0
  await step('select internal.expire_rest(0, $1)', [logins])
  await repeat('select * from internal.expire_rest($1, 0)', [ROWS])
  if (logins > 0) gone.logins = logins
  if (Object.values(gone).some(n => n > 0)) log.info(gone, 'removed what was older than its days')
}

/** Starts the jobs. `stop()` resolves when none is running any more. */
export function startTimetable(jobs: readonly Job[], log: Logger): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()
  const timers = jobs.map(job => {
    async function once() {
      const run = job
        .run(stopping.signal)
        .catch(error => log.error({ err: error, job: job.name }, 'a job of the timetable failed'))
      running.add(run)
      await run
      running.delete(run)
    }
    return new Cron(job.every, { protect: true, timezone: 'UTC' }, once)
  })
  return {
    async stop() {
      stopping.abort()
      for (const timer of timers) timer.stop()
      await Promise.all(running)
    },
  }
}
