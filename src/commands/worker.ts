import { defineCommand } from 'citty'
import { expireLogins } from '../accounts/expire_logins.ts'
import { readConfig } from '../config.ts'
import { drain } from '../worker/drain.ts'
import { eraseDeleted, expireOld } from '../worker/timetable.ts'
import { run } from './start.ts'
import type { OpenSystem } from './system.ts'

/** `worker` saves for ever; `worker --once` saves what is there, removes what is deleted or too old, and ends. */
export function workerCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: { name: 'worker', description: 'Save what the queue holds.' },
    args: { once: { type: 'boolean', description: 'Save what is there now, then end.' } },
    async run({ args }) {
      const system = await openSystem(readConfig())
      if (!args.once) return run(system, ['worker'])
      const { queue, store, log, config } = system
      const done = await drain({
        queue,
        database: store.database,
        log,
        leaseMs: config.LEASE_MS,
        pace: system.pace,
        budgetMs: Number.POSITIVE_INFINITY,
        maxEntries: Number.POSITIVE_INFINITY,
      })
      // nobody's timetable runs here
      await eraseDeleted(store.database)
      await expireOld({ database: store.database, log, expireLogins: () => expireLogins(store.pool) })
      await system.close()
      process.stdout.write(`${JSON.stringify(done)}\n`)
    },
  })
}
