#!/usr/bin/env node
import { type CommandDef, defineCommand, renderUsage, runCommand } from 'citty'
import { type Logger, pino } from 'pino'
import { backupCommand } from './commands/backup.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { migrateCommand } from './commands/migrate.ts'
import { redriveCommand } from './commands/redrive.ts'
import { resetPasswordCommand } from './commands/reset_password.ts'
import { restoreCommand } from './commands/restore.ts'
import { startCommand } from './commands/start.ts'
import type { OpenSystem, System } from './commands/system.ts'
import { verifyCommand } from './commands/verify.ts'
import { workerCommand } from './commands/worker.ts'
import { type Config, ConfigError } from './config.ts'
import { memoryLimiters, redisLimiters } from './gate/limiters.ts'
import { keptSecret } from './gate/secret.ts'
import { redisQueue } from './queue/redis.ts'
import { tableQueue } from './queue/table.ts'
import { openEmbedded } from './store/embedded.ts'
import { FolderInUse } from './store/folder_lock.ts'
import { migrate } from './store/migrate.ts'
import { openPostgres } from './store/postgres.ts'
import type { Store } from './store/store.ts'
import { EMBEDDED_PACE, SERVER_PACE } from './worker/pace.ts'

/**
 * The only file that knows the mode: it chooses the adapters and hands them to a command.
 *
 *   no DATABASE_URL            PGlite in DATA_DIR, table queue
 *   DATABASE_URL               PostgreSQL, table queue
 *   DATABASE_URL + REDIS_URL   PostgreSQL, Redis Streams
 */
const openSystem: OpenSystem = async config => {
  const log = pino({ level: config.LOG_LEVEL }, pino.destination(2))
  const store = config.DATABASE_URL
    ? await openPostgres(config.DATABASE_URL, { log })
    : await openEmbedded(config.DATA_DIR, log)
  try {
    await migrate(store.pool, log)
    // nobody else has the folder: what a killed process had pulled is free at once, not after its lease
    if (!config.DATABASE_URL) await store.pool.query('update internal.inbox set taken_until = null')
    const secret = config.SECRET ?? keptSecret(config.DATA_DIR)
    const secrets: System['secrets'] = config.SECRET_PREVIOUS ? [secret, config.SECRET_PREVIOUS] : [secret]
    const { queue, limiters, durable } = await openQueue(config, store, secret, log)
    const close = async () => {
      await queue.close()
      await store.close()
    }
    const pace = config.DATABASE_URL ? SERVER_PACE : EMBEDDED_PACE
    return { config, log, store, queue, limiters, pace, durable, secret, secrets, close }
  } catch (error) {
    await store.close()
    throw unusable(error)
  }
}

/** SQLSTATE and system codes that mean "this DATABASE_URL cannot be used", as opposed to a fault of ours. */
const NO_DATABASE = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|28...|3D000|57P03|42501)$/

/** A DATABASE_URL that cannot be used, as a sentence; anything else as it came. */
function unusable(error: unknown): unknown {
  const { code = '', message } = error as Error & { code?: string }
  if (!NO_DATABASE.test(code)) return error
  return new ConfigError(
    `DATABASE_URL: the database cannot be used: ${message || code}. PostgreSQL 15 or newer must run there, and its user may create roles and schemas.`,
  )
}

async function openQueue(config: Config, store: Store, secret: string, log: Logger) {
  if (!config.REDIS_URL) {
    const limiters = memoryLimiters(config.LIMIT_FACTOR)
    return { queue: tableQueue(store.database), limiters, durable: async () => true }
  }
  const queue = await redisQueue(config.REDIS_URL, log)
  const { aof, fsync, policy, warnings } = await queue.durability().catch(error => {
    if (config.DURABILITY === 'strict') throw error
    return {
      aof: false,
      fsync: 'unknown',
      policy: 'unknown',
      warnings: ['Redis could not be asked how it keeps data.'],
    }
  })
  for (const warning of warnings) log.warn(`REDIS_URL: ${warning}`)
  if (config.DURABILITY === 'strict' && !(aof && fsync === 'always' && policy === 'noeviction')) {
    await queue.close()
    throw new ConfigError(
      `DURABILITY=strict needs a Redis with "appendonly yes", "appendfsync always" and "maxmemory-policy noeviction"; this one has appendonly ${aof ? 'yes' : 'no'}, appendfsync ${fsync}, maxmemory-policy ${policy}.`,
    )
  }
  return {
    queue,
    limiters: redisLimiters(queue, config.LIMIT_FACTOR, secret),
    durable: async () => (await queue.durability()).warnings.length === 0,
  }
}

/** What an operator should read: a sentence, and the stack only where the fault is ours. */
function explain(error: unknown): never {
  const { expected, message, name, stack } = error as Error & { expected?: boolean }
  const plain =
    error instanceof ConfigError || error instanceof FolderInUse || expected || name === 'CLIError'
  process.stderr.write(`${plain ? message : (stack ?? String(error))}
`)
  process.exit(1)
}

const commands = {
  start: startCommand(openSystem),
  demo: demoCommand(openSystem),
  migrate: migrateCommand(openSystem),
  worker: workerCommand(openSystem),
  redrive: redriveCommand(openSystem),
  verify: verifyCommand(openSystem),
  doctor: doctorCommand(openSystem),
  'reset-password': resetPasswordCommand(openSystem),
  backup: backupCommand(openSystem),
  restore: restoreCommand(openSystem),
}
const program = defineCommand({
  meta: {
    name: 'pitchbeat',
    version: '0.1.0',
    description: 'Whether a shared link was read, by which recipient, and for how long.',
  },
  subCommands: commands,
})

const [name = 'start', ...rest] = process.argv.slice(2)
process.on('unhandledRejection', explain)
if (name === '--help' || rest.includes('--help')) {
  const command = name in commands ? commands[name as keyof typeof commands] : undefined
  process.stdout.write(`${await renderUsage((command ?? program) as CommandDef, command && program)}\n`)
} else {
  await runCommand(program, { rawArgs: [name, ...rest] }).catch(explain)
}
