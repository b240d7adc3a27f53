import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { BackupError, become, FORMAT, type Progress, ROWS, SCHEMAS, tables } from './backup.ts'
import { LIMIT_MS } from './database.ts'
import { dropDefinitions } from './definitions.ts'
import { migrate, migrationNames } from './migrate.ts'
import { type StoreLog, silent } from './store.ts'
import { beginWithin } from './time_limits.ts'

/**
 * Reads a backup into an empty database: all of it or, where anything is wrong, nothing. The schema is first made as it
 * was when the backup was made, then migrated together with the rows, as it would have been in the place they came from.
 * @returns the number of rows
 * @throws BackupError where the file is none of ours, is cut short or of a newer version, or the database is not empty
 */
export async function restore(
  pool: pg.Pool,
  file: string,
  progress: Progress,
  log: StoreLog = silent,
): Promise<number> {
  const { migrations } = await headOf(file)
  const unknown = migrations.filter(name => !migrationNames().includes(name))
  if (unknown.length > 0)
    throw new BackupError(
      `${file} was made by a newer version (${unknown.join(', ')}). Update Pitchbeat first.`,
    )
  await dropEmptySchemas(pool)
  try {
    await migrate(pool, log, migrations)
    return await readRows(pool, file, progress)
  } finally {
    await migrate(pool, log)
  }
}

/**
 * Takes the empty tables away, so that they can be made as they were.
 * @throws BackupError where a table has rows, or somebody else's view stands on one of ours
 */
async function dropEmptySchemas(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await beginWithin(client, LIMIT_MS.upkeep)
    for (const { name } of await tables(client)) {
      await become(client, name)
      if ((await client.query(`select from ${name} limit 1`)).rowCount)
        throw new BackupError(`The database is not empty (${name} has rows). Restore into a new one.`)
    }
    await become(client, 'internal')
    await dropDefinitions(client)
    await client.query('drop schema if exists pitchbeat, internal cascade')
    await become(client, 'accounts.')
    await client.query('drop schema if exists accounts cascade')
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    if ((error as { code?: string }).code === '2BP01')
      throw new BackupError(
        `Something in this database stands on Pitchbeat's views: ${(error as Error).message}. Restore into a new one.`,
      )
    throw error
  } finally {
    client.release()
  }
}

/** Fills the tables, which are as they were when the file was written. */
async function readRows(pool: pg.Pool, file: string, progress: Progress): Promise<number> {
  const client = await pool.connect()
  try {
    await beginWithin(client, LIMIT_MS.upkeep)
    const list = (await tables(client)).map(table => table.name)
    const reader = linesOf(file)
    let head: Head | undefined
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
        head = parseHead(line, file)
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
    throw unreadable(error, file)
  } finally {
    client.release()
  }
}

/** The first line of a backup. */
interface Head {
  pitchbeat: number
  migrations: string[]
  tables: Record<string, number>
}

async function headOf(file: string): Promise<Head> {
  try {
    for await (const line of linesOf(file)) return parseHead(line, file)
  } catch (error) {
    throw unreadable(error, file)
  }
  throw new BackupError(`${file} is no backup of Pitchbeat.`)
}

function linesOf(file: string) {
  const unzipped = createGunzip()
  createReadStream(file)
    .on('error', error => unzipped.destroy(error))
    .pipe(unzipped)
  // Whoever reads on hears of an error; after the first line nobody does, and it would end the process.
  return createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY }).on('error', () => {})
}

/** An error of reading the file as a sentence for the operator; any other as it came. */
function unreadable(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new BackupError(`There is no file ${file}.`)
  if (code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR')
    return new BackupError(`${file} is no complete backup of Pitchbeat. Nothing was restored.`)
  return error
}

function parseHead(line: string, file: string): Head {
  try {
    const head = JSON.parse(line) as Head
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
