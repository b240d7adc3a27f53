import { Cron } from 'croner'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'

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

/** All that the worker does by the clock. */
export function timetable({ database }: { database: Database }): Job[] {
  return [
    // Nobody else vacuums the embedded database or ends its write-ahead log, which reached 2.7 GB.
    { name: 'maintain', every: '*/10 * * * *', run: () => database.maintain() },
    { name: 'erase', every: '*/10 * * * * *', run: signal => eraseDeleted(database, signal) },
  ]
}

/** Removes what was recorded of deleted campaigns, a little in each transaction, so that others get their turn. */
export async function eraseDeleted(database: Database, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const [row] = await database.as({ role: 'service_role' }, query =>
      query<{ removed: number | null }>('select internal.erase_some($1) as removed', [ROWS]),
    )
    if (row!.removed === null) return
  }
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
