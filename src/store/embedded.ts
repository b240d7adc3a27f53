import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, LIMIT_MS } from './database.ts'
import { EmbeddedThread, WATCH } from './embedded_supervisor.ts'
import { lockFolder } from './folder_lock.ts'
import { openPool } from './pool.ts'
import { type Store, type StoreLog, silent } from './store.ts'
import { waitFor } from './time_limits.ts'
import { transaction } from './transaction.ts'

/** Everybody shares one connection: waiting longer than this for a turn means overload, and the caller says 503. */
const CONNECT_MS = 10_000
/** No network falls silent here, and PGlite cannot stop a statement: on a slow machine nothing but an owner's question is given up early. */
const SERVICE_MS = 60_000

/** Nobody awaits a restart, so this reaches main.ts, which prints the sentence and ends with 1. */
const endWith = (reason: Error): void => {
  throw reason
}

/**
 * Opens PostgreSQL inside this process (PGlite), stored in a folder.
 * @param dataDir made where it does not exist, readable by this user alone
 * @param watch how often the watchdog asks, and after how long a silence it starts the database anew, in milliseconds
 * @param giveUp told once why the database could not be started anew; by default the process ends with it
 * @throws FolderInUse where another process has it
 */
export async function openEmbedded(
  dataDir: string,
  log: StoreLog = silent,
  watch = WATCH,
  giveUp: (reason: Error) => void = endWith,
): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // PGlite writes its files readable by all, so the folder keeps others out
  chmodSync(dataDir, 0o700)
  const unlock = await lockFolder(dataDir)
  // a socket path has room for about 100 characters, and only its folder's rights guard it
  const socketDir = process.platform === 'win32' ? null : mkdtempSync(join(tmpdir(), `pb-${process.pid}-`))
  const thread = new EmbeddedThread(join(dataDir, 'database'), socketDir, log, watch, giveUp)
  const release = async () => {
    if (socketDir) rmSync(socketDir, { recursive: true, force: true })
    await unlock()
  }
  let address: { host: string; port: number }
  try {
    address = await thread.start()
  } catch (error) {
    await release()
    throw error
  }
  const pool = openPool(
    {
      ...address,
      user: 'postgres',
      database: 'postgres',
      max: 1,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: 0,
    },
    log,
    SERVICE_MS,
  )
  thread.watch(pool)

  let closing: Promise<void> | undefined
  const close = () =>
    (closing ??= (async () => {
      thread.unwatch()
      await pool.end()
      await thread.stop()
      await release()
    })())
  const database: Database = {
    as: (who, work, limitMs) =>
      transaction(
        pool,
        who,
        work,
        who.role === 'service_role' ? Math.max(limitMs ?? 0, SERVICE_MS) : limitMs,
      ),
    // PGlite has neither autovacuum nor checkpoints of its own: its log had grown to 2.7 GB without them
    maintain: async () => {
      // takes what it takes: the watchdog must not end it halfway
      thread.unwatch()
      const client = await pool.connect()
      waitFor(client, LIMIT_MS.upkeep)
      try {
        await client.query('vacuum (analyze)')
        await client.query('checkpoint')
      } finally {
        client.release()
        if (!closing) thread.watch(pool)
      }
    },
    close,
  }
  return { database, pool, close }
}
