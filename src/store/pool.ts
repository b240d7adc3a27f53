import pg from 'pg'
import type { StoreLog } from './store.ts'

const INT8 = 20
const NUMERIC = 1700
const DATE = 1082
const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [NUMERIC]: Number,
  // a date has no zone; as a Date it would shift by a day west of Greenwich
  [DATE]: text => text,
}

/** How values come back: bigint and numeric as number (durations and counts stay far below 2^53), date as text. */
const poolTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format)) as never,
}

/**
 * A pool of ours. A restarted server breaks connections, lent and idle ones; without listeners the first such would
 * end the process. Whoever was using one is told by the query that fails.
 */
export function openPool(config: pg.PoolConfig, log: StoreLog): pg.Pool {
  const pool = new pg.Pool({ ...config, types: poolTypes })
  pool.on('connect', client => client.on('error', () => {}))
  pool.on('error', error => log.warn(`an idle database connection was lost: ${error.message}`))
  return pool
}
