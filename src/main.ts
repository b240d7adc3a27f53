#!/usr/bin/env node
import { join } from 'node:path'
import { defineCommand, runMain } from 'citty'
import { pino } from 'pino'
import { demoCommand } from './commands/demo.ts'
import { migrateCommand } from './commands/migrate.ts'
import { startCommand } from './commands/start.ts'
import type { OpenSystem } from './commands/system.ts'
import { workerCommand } from './commands/worker.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { memoryLimiters } from './gate/limiters.ts'
import { keptSecret } from './gate/secret.ts'
import { tableQueue } from './queue/table.ts'
import { openEmbedded } from './store/embedded.ts'
import { migrate } from './store/migrate.ts'
import { openPostgres } from './store/postgres.ts'

/**
 * The only file that knows the mode: it chooses the adapters and hands them to a command.
 *
 *   no DATABASE_URL            PGlite in DATA_DIR, table queue
 *   DATABASE_URL               PostgreSQL, table queue
 *   DATABASE_URL + REDIS_URL   PostgreSQL, Redis Streams
 */
const openSystem: OpenSystem = async (config: Config) => {
  const log = pino({ level: config.LOG_LEVEL }, pino.destination(2))
  const store = config.DATABASE_URL
    ? await openPostgres(config.DATABASE_URL, { log })
    : await openEmbedded(config.DATA_DIR, log)
  try {
    await migrate(store.pool, log)
    const secret = config.SECRET ?? keptSecret(config.DATA_DIR)
    const queue = tableQueue(store.database)
    return {
      config,
      log,
      store,
      queue,
      limiters: memoryLimiters(config.LIMIT_FACTOR),
      secret,
      secrets: config.SECRET_PREVIOUS ? [secret, config.SECRET_PREVIOUS] : [secret],
      async close() {
        await queue.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** What an operator should read: the sentence, and the stack only where the fault is ours. */
function explain(error: unknown): never {
  const expected = error instanceof ConfigError || (error as { expected?: boolean }).expected === true
  process.stderr.write(`${expected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`)
  process.exit(1)
}

const commands = {
  start: startCommand(openSystem),
  demo: demoCommand(openSystem),
  migrate: migrateCommand(openSystem),
  worker: workerCommand(openSystem),
}
void join
void readConfig
process.on('unhandledRejection', explain)
runMain(
  defineCommand({
    meta: {
      name: 'pitchbeat',
      version: '0.1.0',
      description: 'Whether a shared link was read, by whom, and for how long.',
    },
    subCommands: commands,
  }),
  { rawArgs: process.argv.length > 2 ? process.argv.slice(2) : ['start'] },
)
