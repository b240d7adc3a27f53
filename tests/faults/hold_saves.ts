import pg from 'pg'
import { until } from '../servers/until.ts'

/** What an erasure takes exclusively and every save takes shared: while a test holds it, saves wait in their transaction. */
const ERASURE_LOCK = '7305, 1'

/** Makes every save wait in its transaction until `release`. */
export async function holdSaves(pool: pg.Pool) {
  const holder = new pg.Client(pool.options as pg.ClientConfig)
  await holder.connect()
  await holder.query(`select pg_advisory_lock(${ERASURE_LOCK})`)
  return {
    release: () => holder.end(),
    /** Waits until one does wait. */
    waiting: () =>
      until('a save to wait', async () => {
        const { rows } = await pool.query(
          `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`,
        )
        return rows[0].n
      }),
  }
}
