import pg from 'pg'
import { LIMIT_MS } from './database.ts'
import type { StoreLog } from './store.ts'
import { beginWithin, PatientClient, waitFor } from './time_limits.ts'

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
 * end the process. Whoever was using one is told by the query that fails. No answer is waited for without end; a
 * statement asked of the pool itself has a short transaction, because only inside one a time-out stays with us behind a
 * transaction pooler.
 * @param limitMs how long one may take that has no other limit
 */
export function openPool(config: pg.PoolConfig, log: StoreLog, limitMs: number = LIMIT_MS.owner): pg.Pool {
  const pool = new pg.Pool({ ...config, types: poolTypes, Client: PatientClient } as pg.PoolConfig)
  pool.on('connect', client => client.on('error', () => {}))
  pool.on('acquire', client => waitFor(client, limitMs))
  pool.on('error', error => log.warn(`an idle database connection was lost: ${error.message}`))
  pool.query = (async (text: string, values?: unknown[]) => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await beginWithin(client, limitMs)
      const answer = await client.query(text, values)
      await client.query('commit')
      return answer
    } catch (error) {
      await client.query('rollback').catch(lost => (broken = lost))
      throw error
    } finally {
      client.release(broken)
    }
  }) as unknown as pg.Pool['query']
  return pool
}
