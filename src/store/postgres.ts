import type { Database } from './database.ts'
import { openPool } from './pool.ts'
import { type Store, type StoreLog, silent } from './store.ts'
import { transaction } from './transaction.ts'

/** Past this an answer from the pool is not worth waiting for: the caller says 503 instead. */
const CONNECT_MS = 5_000

/**
 * Opens PostgreSQL 15 or newer. Nothing is asked of it yet: connections are made when needed, and made again.
 * @param url postgres://… of the login role; a transaction pooler may stand between
 * @param options max: connections of this process, 10 by default
 */
export async function openPostgres(
  url: string,
  { max = 10, log = silent }: { max?: number; log?: StoreLog } = {},
): Promise<Store> {
  const pool = openPool(
    {
      connectionString: url,
      max,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    },
    log,
  )
  let closing: Promise<void> | undefined
  const close = () => (closing ??= pool.end())
  const database: Database = {
    as: (who, work, limitMs) => transaction(pool, who, work, limitMs),
    // autovacuum and checkpoints are PostgreSQL's own business
    maintain: async () => {},
    close,
  }
  return { database, pool, close }
}
