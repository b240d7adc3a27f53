import { Cron } from 'croner'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'

/** Something that is done again and again. Two runs of it never overlap. */
export interface Job {
  name: string
  /** a cron pattern, UTC */
  every: string
  run(): Promise<void>
}

/** All that the worker does by the clock. */
export function timetable({ database }: { database: Database }): Job[] {
  return [
    // Nobody else vacuums the embedded database or ends its write-ahead log, which reached 2.7 GB.
    { name: 'maintain', every: '*/10 * * * *', run: () => database.maintain() },
  ]
}

/** Starts the jobs. `stop()` resolves when none is running any more. */
export function startTimetable(jobs: readonly Job[], log: Logger): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>()
  const timers = jobs.map(job => {
    async function once() {
      const run = job
        .run()
        .catch(error => log.error({ err: error, job: job.name }, 'a job of the timetable failed'))
      running.add(run)
      await run
      running.delete(run)
    }
    return new Cron(job.every, { protect: true, timezone: 'UTC' }, once)
  })
  return {
    async stop() {
      for (const timer of timers) timer.stop()
      await Promise.all(running)
    },
  }
}
