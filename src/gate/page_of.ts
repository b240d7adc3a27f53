import { z } from 'zod'
import { Refusal } from './problem.ts'

/** Lists answer `{items, next}`: `next` is given back as `cursor`, and is null on the last page. */
export const ListQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
})

const Key = z.tuple([z.string().regex(/^\d{1,16}$/), z.guid()])

/** The schema of one page of a list. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/**
 * A page out of one row more than was asked for: the surplus row says that there is a next page.
 * @param as turns a row into an item of the list; `key` is the time the list is ordered by, in microseconds
 */
export function pageOf<Row extends { key: number; id: string }, Item>(
  rows: Row[],
  limit: number,
  as: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const here = rows.slice(0, limit)
  const last = here.at(-1)
  return { items: here.map(as), next: rows.length > limit && last ? seal([String(last.key), last.id]) : null }
}

const seal = (key: string[]) => Buffer.from(JSON.stringify(key)).toString('base64url')

/**
 * The key of the last row of the page before: microseconds and id, two nulls on the first page.
 * @throws Refusal `invalid` where it is not a cursor of such a list
 */
export function readCursor(cursor: string | undefined): [string, string] | [null, null] {
  if (cursor === undefined) return [null, null]
  try {
    return Key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw new Refusal('invalid', '/cursor: not a cursor of this list; begin again without one.', {
      errors: [{ pointer: '/cursor', message: 'not a cursor of this list' }],
    })
  }
}
