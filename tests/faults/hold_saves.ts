import pg from 'pg'
import { until } from '../servers/until.ts'

/** Makes every save wait in its transaction until `release`, as an erasure in every campaign would. */
export async function holdSaves(pool: pg.Pool) {
  const holder = new pg.Client(pool.options as pg.ClientConfig)
  await holder.connect()
  await holder.query('begin; select from internal.save_locks order by lane, bucket for update')
  return {
    release: () => holder.end(),
    /** Waits until one does wait. */
    waiting: () =>
      until('a save to wait', async () => {
        const { rows } = await pool.query(
          `select count(*)::int as n from pg_locks where locktype = 'transactionid' and not granted`,
        )
        return rows[0].n
      }),
  }
}
