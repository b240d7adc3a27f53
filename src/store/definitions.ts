import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { packageRoot, readSql } from './read_sql.ts'

/** A rule, function or view: a file named after the one thing it makes. */
export interface Definition {
  /** with its schema, e.g. `internal.save_batch` */
  name: string
  kind: 'function' | 'view'
  text: string
  hash: string
}

const FOLDERS = ['sql/rules', 'sql/functions', 'sql/views']
const MADE = /^create or replace (function|view) ([a-z_]+\.[a-z_]+)/m

/** Every definition, those first that others mention. */
export function readDefinitions(): Definition[] {
  const all = FOLDERS.flatMap(folder =>
    readdirSync(join(packageRoot, folder))
      .filter(file => file.endsWith('.sql'))
      .sort()
      .map(file => readDefinition(`${folder}/${file}`)),
  )
  const ordered: Definition[] = []
  const visit = (one: Definition, path: Definition[]) => {
    if (ordered.includes(one)) return
    if (path.includes(one)) throw new Error(`${one.name} needs itself`)
    for (const other of all)
      if (other !== one && new RegExp(`\\b${other.name.replace('.', '\\.')}\\b`).test(one.text))
        visit(other, [...path, one])
    ordered.push(one)
  }
  for (const one of all) visit(one, [])
  return ordered
}

function readDefinition(path: string): Definition {
  const text = readSql(path)
  const [, kind, name] = MADE.exec(text) ?? []
  if (!name || !path.endsWith(`/${name.split('.')[1]}.sql`))
    throw new Error(`${path} must create what it is named after`)
  return {
    name,
    kind: kind as Definition['kind'],
    text,
    hash: createHash('sha256').update(text).digest('hex'),
  }
}

/**
 * Replaces rules, functions and views where any of them changed.
 * @param client inside a transaction, as pitchbeat_owner
 * @returns whether anything was replaced
 * @throws Error naming a foreign object that stands where one of our public views belongs
 */
export async function applyDefinitions(client: pg.PoolClient): Promise<boolean> {
  const wanted = readDefinitions()
  const { rows: present } = await client.query<Pick<Definition, 'name' | 'kind' | 'hash'>>(
    'select name, kind, hash from internal.definitions',
  )
  const known = new Map(present.map(one => [one.name, one]))
  await refuseForeign(
    client,
    wanted.filter(one => !known.has(one.name)),
  )
  if (wanted.length === known.size && wanted.every(one => known.get(one.name)?.hash === one.hash))
    return false
  await client.query('savepoint before_drop')
  try {
    await client.query(dropStatement([...known.values()]))
    await client.query('release savepoint before_drop')
  } catch (error) {
    // a host's own view stands on one of ours: replace in place, which PostgreSQL allows where columns only grow
    if ((error as { code?: string }).code !== '2BP01') throw error
    await client.query('rollback to savepoint before_drop')
  }
  for (const one of wanted)
    await client.query(one.text).catch(error => {
      throw new Error(`${one.name} could not be made: ${error.message}`, { cause: error })
    })
  await client.query('delete from internal.definitions')
  await client.query(
    'insert into internal.definitions (name, kind, hash) select * from unnest($1::text[], $2::text[], $3::text[])',
    [wanted.map(one => one.name), wanted.map(one => one.kind), wanted.map(one => one.hash)],
  )
  return true
}

/**
 * Takes every rule, function and view of ours away.
 * @param client inside a transaction, as pitchbeat_owner
 */
export async function dropDefinitions(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<Pick<Definition, 'name' | 'kind'>>(
    'select name, kind from internal.definitions',
  )
  await client.query(dropStatement(rows))
}

/** One statement for all, so that those which need each other go together. Functions by name: every signature. */
function dropStatement(known: Pick<Definition, 'name' | 'kind'>[]): string {
  const list = (kind: string) =>
    known
      .filter(one => one.kind === kind)
      .map(one => `'${one.name}'`)
      .join(', ') || "''"
  return `do $$
    declare names text;
    begin
      select string_agg(c.oid::regclass::text, ', ') into names from pg_catalog.pg_class c
      where c.relkind = 'v' and c.relnamespace::regnamespace::text || '.' || c.relname in (${list('view')});
      if names is not null then execute 'drop view ' || names; end if;
      select string_agg(p.oid::regprocedure::text, ', ') into names from pg_catalog.pg_proc p
      where p.pronamespace::regnamespace::text || '.' || p.proname in (${list('function')});
      if names is not null then execute 'drop function ' || names; end if;
    end $$`
}

async function refuseForeign(client: pg.PoolClient, fresh: Definition[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select n.name from unnest($1::text[]) n (name) where to_regclass(n.name) is not null`,
    [fresh.filter(one => one.kind === 'view').map(one => one.name)],
  )
  if (rows.length > 0)
    throw new Error(
      `This database already has ${rows.map(row => row.name).join(', ')}, which Pitchbeat did not make. ` +
        'Rename it, or give Pitchbeat a database of its own.',
    )
}
