import type { Pool } from 'pg'

/** Removes logins and codes of the login library that are over. Answers how many logins. */
export async function expireLogins(pool: Pool): Promise<number> {
  await pool.query('delete from accounts."verification" where "expiresAt" < now()')
  const { rowCount } = await pool.query('delete from accounts."session" where "expiresAt" < now()')
  return rowCount ?? 0
}
