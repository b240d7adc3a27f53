import type { Pool } from 'pg'
import { type Database, LIMIT_MS } from '../store/database.ts'
import { beginWithin } from '../store/time_limits.ts'

const service = { role: 'service_role' } as const

/** Lets an account write. Done at every login, so that an account of an older backup or a broken sign-up is mended. */
export async function addOwner(database: Database, id: string): Promise<void> {
  await database.as(service, query => query('select internal.add_owner($1)', [id]))
}

/** The version that a login is believed under; null where the owner was deleted. */
export async function ownerVersion(database: Database, id: string): Promise<number | null> {
  const [row] = await database.as(service, query =>
    query<{ version: number | null }>('select internal.owner_version($1) as version', [id]),
  )
  return row?.version ?? null
}

/** How many owners there are or have been. */
export async function ownersEver(database: Database): Promise<number> {
  const [row] = await database.as(service, query =>
    query<{ n: number }>('select internal.owners_ever() as n'),
  )
  return row!.n
}

/**
 * Ends the logins of an owner in every process at once, and what they are doing at this moment.
 * @param keep the token of the one login that goes on
 */
export async function endLogins(
  pool: Pool,
  id: string,
  { keep = null, tokens = false }: { keep?: string | null; tokens?: boolean } = {},
): Promise<void> {
  await asBoth(
    pool,
    ['delete from accounts."session" where "userId" = $1 and token is distinct from $2', [id, keep]],
    ['select internal.end_logins($1, $2)', [id, tokens]],
  )
}

/**
 * Deletes all that an owner has, and the account: afterwards its links answer 404. The worker removes what was recorded of
 * its campaigns.
 */
export async function eraseOwner(pool: Pool, id: string): Promise<void> {
  await asBoth(
    pool,
    ['delete from accounts."user" where id = $1', [id]],
    ['select internal.erase_owner($1)', [id]],
  )
}

type Statement = [text: string, values: unknown[]]

/** One transaction over the login library's tables and ours: the one as the login role, the other as the service. */
async function asBoth(pool: Pool, accounts: Statement, ours: Statement): Promise<void> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await beginWithin(client, LIMIT_MS.erasure)
    await client.query('set local role service_role')
    await client.query(...ours)
    await client.query('set local role none')
    await client.query(...accounts)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(lost => (broken = lost))
    throw error
  } finally {
    client.release(broken)
  }
}
