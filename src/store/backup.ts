import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { LIMIT_MS } from './database.ts'
import { beginWithin } from './time_limits.ts'

/**
 * A backup is one gzipped file of JSON Lines, the same from a folder and from PostgreSQL, so it also moves an
 * installation from one to the other:
 *
 *   {"pitchbeat": 1, "migrations": ["0001_history", …], "tables": {"pitchbeat.projects": 3, …}}
 *   {"table": "pitchbeat.projects"}
 *   {…row as PostgreSQL's own JSON…}
 *   …
 *   {"end": <number of rows>}
 *
 * A copy of a live folder is no backup: pages of it are of different moments. This is one snapshot.
 */
export const FORMAT = 1
export const SCHEMAS = ['pitchbeat', 'internal', 'accounts']
/** What migrate writes by itself. */
const OURS = ['internal.migrations', 'internal.definitions', 'internal.programs', 'internal.save_locks']
export const ROWS = 500

/** Told of rows done so far, of how many in all. */
export type Progress = (done: number, total: number) => void

/** A backup that cannot be used or made; the message is for the operator. */
export class BackupError extends Error {
  readonly expected = true
}

interface Table {
  name: string
  key: string[]
}

/** Tables with the columns of their primary key, referenced ones before those that refer to them. */
export async function tables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; key: string[]; refers: string[] }>(
    `select
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name,
       (select array_agg(quote_ident(a.attname) order by k.place)
        from unnest(i.indkey::int2[]) with ordinality k(num, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num) as key,
       array(select distinct f.confrelid::regclass::text from pg_constraint f
             where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_index i on i.indrelid = c.oid and i.indisprimary
     where c.relkind = 'r' and n.nspname = any ($1)
     order by 1`,
    [SCHEMAS],
  )
  const sorted: Table[] = []
  let rest = rows.filter(row => !OURS.includes(row.name))
  while (rest.length > 0) {
    const waiting = new Set(rest.map(row => row.name))
    const free = rest.filter(row => !row.refers.some(one => waiting.has(one)))
    if (free.length === 0) throw new Error('the tables refer to each other in a circle')
    sorted.push(...free)
    rest = rest.filter(row => !free.includes(row))
  }
  return sorted
}

/** Each schema's tables are read and written as whoever owns them; row security is forced on the others. */
export async function become(client: pg.ClientBase, table: string): Promise<void> {
  await client.query(table.startsWith('accounts.') ? 'set local role none' : 'set local role pitchbeat_owner')
}

export async function migrationsOf(client: pg.ClientBase): Promise<string[]> {
  await become(client, 'internal.migrations')
  const { rows } = await client.query<{ name: string }>('select name from internal.migrations order by name')
  return rows.map(row => row.name)
}

/**
 * Writes everything to `file`, in one snapshot. The server may go on meanwhile on PostgreSQL; an embedded folder is open
 * in one process only, so there the server must be stopped.
 * @returns the number of rows
 */
export async function backup(pool: pg.Pool, file: string, progress: Progress): Promise<number> {
  const client = await pool.connect()
  try {
    await beginWithin(client, LIMIT_MS.upkeep, 'repeatable read read only')
    const list = await tables(client)
    const counts: Record<string, number> = {}
    for (const { name } of list) {
      await become(client, name)
      counts[name] = Number(
        (await client.query<{ n: string }>(`select count(*) as n from ${name}`)).rows[0]!.n,
      )
    }
    const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
    const migrations = await migrationsOf(client)
    let done = 0
    async function* lines() {
      yield `${JSON.stringify({ pitchbeat: FORMAT, migrations, tables: counts })}\n`
      for (const { name, key } of list) {
        yield `${JSON.stringify({ table: name })}\n`
        await become(client, name)
        await client.query(
          `declare backup_rows no scroll cursor for select to_jsonb(t)::text as row from ${name} t order by ${key.join(', ')}`,
        )
        for (;;) {
          const { rows } = await client.query<{ row: string }>(`fetch ${ROWS} from backup_rows`)
          if (rows.length === 0) break
          yield `${rows.map(({ row }) => row).join('\n')}\n`
          done += rows.length
          progress(done, total)
        }
        await client.query('close backup_rows')
      }
      yield `${JSON.stringify({ end: done })}\n`
    }
    await pipeline(lines, createGzip(), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch(() => {})
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new BackupError(`${file} exists already. Name another file, or remove it first.`)
    throw error
  } finally {
    client.release()
  }
}
