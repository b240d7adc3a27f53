import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import { type Identity, LIMIT_MS, type Query } from './database.ts'
import { NoAnswer, stopsAfter, waitFor } from './time_limits.ts'

/** The database answered something that no working database answers. The connection is thrown away. */
export class BrokenAnswer extends Error {}

const inside = new AsyncLocalStorage<true>()

/** A later statement of a transaction has what is left of its time; the database is told again where more than this passed. */
const TELL_AGAIN_MS = 200
/** Commit and rollback are waited for at least this long. */
const END_MS = 1_000

/**
 * One transaction as one role with one identity, for both adapters. Nothing outlives it on the connection, so it
 * works behind a transaction pooler.
 * @param limitMs for all of it, the wait for a connection included
 * @throws NoAnswer where nothing was heard in time (SQLSTATE 57014 where the database stopped it); what the work throws (database errors keep their SQLSTATE in `code`); Error where it is nested, because
 *   with one connection it would wait for itself; BrokenAnswer where rows or the commit went missing
 */
export async function transaction<T>(
  pool: pg.Pool,
  who: Identity,
  work: (query: Query) => Promise<T>,
  limitMs: number = who.role === 'service_role' ? LIMIT_MS.service : LIMIT_MS.owner,
): Promise<T> {
  if (inside.getStore()) throw new Error('a transaction inside a transaction: pass the query on instead')
  const until = performance.now() + limitMs
  const left = () => until - performance.now()
  const client = await lend(pool, limitMs)
  let told = performance.now()
  let broken: Error | undefined
  let open = true
  try {
    waitFor(client, left())
    await begin(client, who, left())
    const query: Query = async (text, values) => {
      if (!open) throw new Error('the transaction is over: await every query inside it')
      waitFor(client, left())
      if (performance.now() - told > TELL_AGAIN_MS) {
        told = performance.now()
        await client.query(stopsAfter(left()))
      }
      return (await client.query(text, values as unknown[])).rows
    }
    const result = await inside.run(true, () => work(query))
    open = false
    waitFor(client, Math.max(left(), END_MS))
    const { command } = await client.query('commit')
    if (command === 'ROLLBACK')
      throw new Error('the transaction was rolled back: a statement in it had failed')
    if (command !== 'COMMIT') throw new BrokenAnswer(`commit was answered with ${command}`)
    return result
  } catch (error) {
    open = false
    waitFor(client, END_MS)
    if (error instanceof BrokenAnswer) broken = error
    else await client.query('rollback').catch(rollbackError => (broken = rollbackError))
    throw error
  } finally {
    client.release(broken)
  }
}

/** A connection, where the pool has one in time. */
async function lend(pool: pg.Pool, ms: number): Promise<pg.PoolClient> {
  const lending = pool.connect()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(ms)), ms)
  })
  try {
    return await Promise.race([lending, late])
  } catch (error) {
    lending.then(
      client => client.release(),
      () => {},
    )
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Time limits, the check of the owner, then role and claims, the way PostgREST sets them, in one round trip. */
async function begin(client: pg.PoolClient, who: Identity, ms: number): Promise<void> {
  const claims = JSON.stringify(
    who.role === 'authenticated' ? { role: who.role, sub: who.owner_id } : { role: who.role },
  )
  const check =
    'version' in who && who.version !== undefined
      ? `set local role service_role;
         select internal.require_owner(${client.escapeLiteral(who.owner_id)}, ${Number(who.version)});`
      : ''
  const answers = (await client.query(
    `begin isolation level read committed; ${stopsAfter(ms)}; ${check} set local role ${who.role};
     select set_config('request.jwt.claims', ${client.escapeLiteral(claims)}, true) as claims`,
  )) as unknown as pg.QueryResult[]
  if (answers.at(-1)?.rows[0]?.claims !== claims) throw new BrokenAnswer('the identity was not taken')
}
