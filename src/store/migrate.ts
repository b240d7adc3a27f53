import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { LIMIT_MS } from './database.ts'
import { applyDefinitions } from './definitions.ts'
import { generationOf, ownGeneration } from './generation.ts'
import { packageRoot, readSql } from './read_sql.ts'
import { type StoreLog, silent } from './store.ts'
import { beginWithin } from './time_limits.ts'

/** Two processes that start at once take turns: the second finds everything done. */
const LOCK = '7305, 0'
const LOGIN = /^-- role: login$/m

/**
 * Brings a database up to this version: roles and schemas, then what is new in sql/migrations, then the rules,
 * functions and views if they changed. All in one transaction: it happens whole or not at all.
 * @param pool the login role's
 * @param only brings it to an earlier version instead: these migrations alone, and no rules, functions or views
 * @throws Error naming what stands in the way: an older server, a newer database, a foreign view, a missing right
 */
export async function migrate(
  pool: pg.Pool,
  log: StoreLog = silent,
  only?: readonly string[],
): Promise<void> {
  const client = await pool.connect()
  let failed: Error | undefined
  try {
    await beginWithin(client, LIMIT_MS.upkeep)
    await client.query(`select pg_advisory_xact_lock(${LOCK})`)
    await client.query(`set local client_min_messages = warning`)
    await refuseOldServer(client)
    await client.query(readSql('sql/roles.sql'))
    const applied = await appliedMigrations(client)
    if (!only) {
      await client.query('set local role pitchbeat_owner')
      await generationOf(client)
      await client.query('set local role none')
    }
    for (const name of migrationNames()) {
      if (applied.has(name) || (only && !only.includes(name))) continue
      const text = readSql(`sql/migrations/${name}`)
      if (!LOGIN.test(text.split('\n', 1)[0]!)) await client.query('set local role pitchbeat_owner')
      await client.query(text).catch(error => {
        throw new Error(`migration ${name} failed: ${error.message}`, { cause: error })
      })
      await client.query('set local role pitchbeat_owner')
      await client.query('insert into internal.migrations (name) values ($1)', [name])
      await client.query('set local role none')
      log.info(`migrated: ${name}`)
    }
    await client.query('set local role pitchbeat_owner')
    if (!only) await define(client, log)
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error(`commit was answered with ${command}`)
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (failed = lost))
    throw error
  } finally {
    client.release(failed)
  }
}

/** Brings the rules, functions and views up to date, unless a newer program has done so already. */
async function define(client: pg.PoolClient, log: StoreLog): Promise<void> {
  const { generation, oldest } = ownGeneration()
  const present = await generationOf(client)
  if (present > generation) {
    log.info(
      `the rules, functions and views of a newer program stay (generation ${present}, this one ${generation})`,
    )
    return
  }
  await client.query(`select set_config('pitchbeat.generation', $1, true)`, [String(generation)])
  if (await applyDefinitions(client)) log.info('rules, functions and views replaced')
  await client.query(
    `update internal.programs p set present = $1, oldest = greatest(p.oldest, $2)
     where (p.present, p.oldest) is distinct from ($1, greatest(p.oldest, $2))`,
    [generation, oldest],
  )
}

/** The migrations in their order. */
export function migrationNames(): string[] {
  return readdirSync(join(packageRoot, 'sql/migrations'))
    .filter(name => name.endsWith('.sql'))
    .sort()
}

async function appliedMigrations(client: pg.PoolClient): Promise<Set<string>> {
  // the login itself may not look into our schemas
  await client.query('set local role pitchbeat_owner')
  const { rows } = await client.query(`select to_regclass('internal.migrations') is not null as present`)
  const names = rows[0].present ? (await client.query('select name from internal.migrations')).rows : []
  await client.query('set local role none')
  return new Set(names.map(row => row.name))
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as version`)
  if (rows[0].version < 150_000) throw new Error('Pitchbeat needs PostgreSQL 15 or newer.')
}
