import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import type { Identity, Query } from './database.ts'

/** The database answered something that no working database answers. The connection is thrown away. */
export class BrokenAnswer extends Error {}

const inside = new AsyncLocalStorage<true>()

/**
 * One transaction as one role with one identity, for both adapters. Nothing outlives it on the connection, so it
 * works behind a transaction pooler.
 * @throws what the work throws (database errors keep their SQLSTATE in `code`); Error where it is nested, because
 *   with one connection it would wait for itself; BrokenAnswer where rows or the commit went missing
 */
export async function transaction<T>(
  pool: pg.Pool,
  who: Identity,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  if (inside.getStore()) throw new Error('a transaction inside a transaction: pass the query on instead')
  const client = await pool.connect()
  let broken: Error | undefined
  let open = true
  try {
    await begin(client, who)
    const query: Query = async (text, values) => {
      if (!open) throw new Error('the transaction is over: await every query inside it')
      return (await client.query(text, values as unknown[])).rows
    }
    const result = await inside.run(true, () => work(query))
    open = false
    const { command } = await client.query('commit')
    if (command === 'ROLLBACK')
      throw new Error('the transaction was rolled back: a statement in it had failed')
    if (command !== 'COMMIT') throw new BrokenAnswer(`commit was answered with ${command}`)
    return result
  } catch (error) {
    open = false
    if (error instanceof BrokenAnswer) broken = error
    else await client.query('rollback').catch(rollbackError => (broken = rollbackError))
    throw error
  } finally {
    client.release(broken)
  }
}

/** The check of the owner, then role and claims, the way PostgREST sets them, in one round trip. */
async function begin(client: pg.PoolClient, who: Identity): Promise<void> {
  const claims = JSON.stringify(
    who.role === 'authenticated' ? { role: who.role, sub: who.owner_id } : { role: who.role },
  )
  const check =
    'version' in who && who.version !== undefined
      ? `set local role service_role;
         select internal.require_owner(${client.escapeLiteral(who.owner_id)}, ${Number(who.version)});`
      : ''
  const answers = (await client.query(
    `begin isolation level read committed; ${check} set local role ${who.role};
     select set_config('request.jwt.claims', ${client.escapeLiteral(claims)}, true) as claims`,
  )) as unknown as pg.QueryResult[]
  if (answers.at(-1)?.rows[0]?.claims !== claims) throw new BrokenAnswer('the identity was not taken')
}
