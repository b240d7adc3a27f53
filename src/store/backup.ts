import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'

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
const FORMAT = 1
const SCHEMAS = ['pitchbeat', 'internal', 'accounts']
/** What migrate writes by itself. */
const OURS = ['internal.migrations', 'internal.definitions']
const ROWS = 500

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
async function tables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; key: string[]; refers: string[] }>(
    `select
       n.nspname || '.' || c.relname as name,
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
async function become(client: pg.ClientBase, table: string): Promise<void> {
  await client.query(table.startsWith('accounts.') ? 'set local role none' : 'set local role pitchbeat_owner')
}

async function migrationsOf(client: pg.ClientBase): Promise<string[]> {
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
    await client.query('begin isolation level repeatable read read only')
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

/**
 * Reads a backup into an empty, migrated database: all of it or, where anything is wrong, nothing.
 * @returns the number of rows
 * @throws BackupError where the file is none of ours, is cut short or of a newer version, or the database is not empty
 */
export async function restore(pool: pg.Pool, file: string, progress: Progress): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const list = (await tables(client)).map(table => table.name)
    for (const name of list) {
      await become(client, name)
      if ((await client.query(`select from ${name} limit 1`)).rowCount)
        throw new BackupError(`The database is not empty (${name} has rows). Restore into a new one.`)
    }
    const own = await migrationsOf(client)
    const reader = createInterface({
      input: createReadStream(file).pipe(createGunzip()),
      crlfDelay: Number.POSITIVE_INFINITY,
    })
    let head: { migrations: string[]; tables: Record<string, number> } | undefined
    let total = 0
    let table = ''
    let rows: string[] = []
    let done = 0
    let ended = false
    const write = async () => {
      if (rows.length === 0) return
      await become(client, table)
      const overriding = table.startsWith('internal.') ? 'overriding system value' : ''
      await client.query(
        `insert into ${table} ${overriding} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
        [`[${rows.join(',')}]`],
      )
      done += rows.length
      rows = []
      progress(done, total)
    }
    for await (const line of reader) {
      if (!head) {
        head = headOf(line, file)
        const unknown = head.migrations.filter(name => !own.includes(name))
        if (unknown.length > 0)
          throw new BackupError(
            `${file} was made by a newer version (${unknown.join(', ')}). Update Pitchbeat first.`,
          )
        total = Object.values(head.tables).reduce((sum, n) => sum + n, 0)
      } else if (line.startsWith('{"table":')) {
        await write()
        table = (JSON.parse(line) as { table: string }).table
        if (!list.includes(table))
          throw new BackupError(`${file} names a table that is not known here: ${table}.`)
      } else if (line.startsWith('{"end":')) {
        await write()
        ended = (JSON.parse(line) as { end: number }).end === done
      } else {
        rows.push(line)
        if (rows.length >= ROWS) await write()
      }
    }
    if (!ended || done !== total)
      throw new BackupError(`${file} is cut short: ${done} of ${total} rows. Nothing was restored.`)
    await advanceIdentities(client)
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new BackupError(`There is no file ${file}.`)
    if (code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR')
      throw new BackupError(`${file} is no complete backup of Pitchbeat. Nothing was restored.`)
    throw error
  } finally {
    client.release()
  }
}

function headOf(line: string, file: string): { migrations: string[]; tables: Record<string, number> } {
  try {
    const head = JSON.parse(line) as {
      pitchbeat: number
      migrations: string[]
      tables: Record<string, number>
    }
    if (head.pitchbeat === FORMAT) return head
  } catch {}
  throw new BackupError(`${file} is no backup of Pitchbeat.`)
}

/** Rows came with their numbers; the next number given must lie above them. */
async function advanceIdentities(client: pg.ClientBase): Promise<void> {
  await become(client, 'internal')
  const { rows } = await client.query<{ name: string; column: string }>(
    `select c.oid::regclass::text as name, a.attname as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.attidentity <> '' and n.nspname = any ($1)`,
    [SCHEMAS],
  )
  for (const { name, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${column}) from ${name}), 0) + 1, false)`,
      [name, column],
    )
}
