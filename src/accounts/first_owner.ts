import type { Pool } from 'pg'
import { uuidv7 } from '../contract/uuid.ts'
import { LIMIT_MS } from '../store/database.ts'
import { beginWithin } from '../store/time_limits.ts'

/** Whether nobody has an account yet. */
export async function needsOwner(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('select not exists (select from accounts."user") as needed')
  return rows[0].needed
}

/**
 * Makes the first owner, once: two set-ups at the same moment wait for one another, on any number of web processes.
 * The password arrives hashed, so the connection is not held while hashing.
 * @returns the owner's id, or null where there is an owner already
 */
export async function makeFirstOwner(
  pool: Pool,
  owner: { name: string; email: string; passwordHash: string },
): Promise<string | null> {
  const id = uuidv7()
  const client = await pool.connect()
  try {
    await beginWithin(client, LIMIT_MS.service)
    await client.query(`select pg_advisory_xact_lock(hashtext('pitchbeat set-up'))`)
    const { rowCount } = await client.query(
      `insert into accounts."user" (id, name, email, "emailVerified")
       select $1, $2, lower($3), false where not exists (select from accounts."user")`,
      [id, owner.name, owner.email],
    )
    if (rowCount === 1)
      await client.query(
        `insert into accounts."account" (id, "accountId", "providerId", "userId", password, "updatedAt")
         values ($1, $2, 'credential', $2, $3, now())`,
        [uuidv7(), id, owner.passwordHash],
      )
    await client.query('commit')
    return rowCount === 1 ? id : null
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
