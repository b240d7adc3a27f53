import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { packageRoot, readSql } from './read_sql.ts'

/** Which migrations, rules, functions and views a program brings. It rises with every change of them. */
export interface Generation {
  generation: number
  /** of the oldest program that may run on a database of this one; raised by hand, where an older one would break */
  oldest: number
  /** of the files that make it, so that a test sees a change without a new number */
  hash: string
}

/** This program's generation. `npm run schema` raises it. */
export function ownGeneration(): Generation {
  return JSON.parse(readSql('sql/generation.json'))
}

/** The hash of all that a generation stands for. */
export function hashOfSql(): string {
  const hash = createHash('sha256')
  for (const folder of ['migrations', 'rules', 'functions', 'views'])
    for (const file of readdirSync(join(packageRoot, 'sql', folder)).sort())
      if (file.endsWith('.sql')) hash.update(`${folder}/${file}\n${readSql(`sql/${folder}/${file}`)}`)
  return hash.digest('hex')
}

/** This program is too old for its database. The message is for the operator. */
export class ProgramTooOld extends Error {
  readonly expected = true
  constructor(own: number, stands: Pick<Generation, 'generation' | 'oldest'>) {
    super(
      `This Pitchbeat is of generation ${own}. Its database is of generation ${stands.generation} and can be used from generation ${stands.oldest} on. Start a newer Pitchbeat.`,
    )
  }
}

/**
 * The generation that a database is of; 0 where it is empty or of before generations.
 * @param client as pitchbeat_owner
 * @throws ProgramTooOld where this program may not run on it
 */
export async function generationOf(client: pg.ClientBase): Promise<number> {
  const { rows: found } = await client.query(`select to_regclass('internal.programs') is not null as present`)
  if (!found[0].present) return 0
  const { rows } = await client.query<{ generation: number; oldest: number }>(
    'select present as generation, oldest from internal.programs',
  )
  const own = ownGeneration().generation
  if (own < rows[0]!.oldest) throw new ProgramTooOld(own, rows[0]!)
  return rows[0]!.generation
}
