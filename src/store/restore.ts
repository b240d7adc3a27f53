import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { BackupError, become, FORMAT, migrationsOf, type Progress, ROWS, SCHEMAS, tables } from './backup.ts'

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
