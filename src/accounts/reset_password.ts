import { randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Pool } from 'pg'
import { endLogins } from './owners.ts'

/**
 * Gives an account a new random password and ends all its logins; for the command line, when somebody is locked out.
 * @param tokens ends its tokens too
 * @param pool the login role's
 * @returns the password, or null where nobody has this e-mail address
 */
export async function resetPassword(
  pool: Pool,
  email: string,
  { tokens = false } = {},
): Promise<string | null> {
  const password = randomBytes(15).toString('base64url')
  const { rows } = await pool.query(
    `update accounts."account" a set password = $2, "updatedAt" = now()
     from accounts."user" u
     where u.id = a."userId" and u.email = lower($1) and a."providerId" = 'credential'
     returning u.id`,
    [email, await hashPassword(password)],
  )
  if (!rows[0]) return null
  await endLogins(pool, rows[0].id, { tokens })
  return password
}
