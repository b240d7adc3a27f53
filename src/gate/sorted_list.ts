import { z } from 'zod'
import { Refusal } from './problem.ts'

/** What a list can be sorted by. */
export interface SortKey {
  /** SQL that is never null: a null has no place before or after another row */
  by: string
  /** how its value is written in a cursor and read back */
  as: keyof typeof VALUES
}

/** `written`: the value as text, out of SQL; `read`: the SQL of a parameter that holds such a text. */
const VALUES = {
  /** microseconds since 1970, which JavaScript and PostgreSQL both keep exactly */
  time: {
    shape: /^\d{1,16}$/,
    written: (by: string) => `(extract(epoch from ${by}) * 1000000)::bigint::text`,
    read: (value: string) => `('epoch'::timestamptz + ${value}::bigint * interval '1 microsecond')`,
  },
  number: {
    shape: /^-?\d{1,17}(\.\d{1,20})?(e-\d{1,3})?$/,
    written: (by: string) => `(${by})::float8::text`,
    read: (value: string) => `${value}::float8`,
  },
  text: {
    // PostgreSQL refuses a NUL in a text
    shape: /^[^\0]{0,200}$/su,
    written: (by: string) => by,
    read: (value: string) => `${value}::text`,
  },
} as const

/** A text to sort by: capitals and accents do not matter, and every database has the same order. */
export const byText = (column: string): SortKey => ({
  by: `left(pitchbeat.folded(${column}), 200) collate "C"`,
  as: 'text',
})

const ORDERS = ['asc', 'desc'] as const
type Order = (typeof ORDERS)[number]

/**
 * The query of a list that is paged, searched (`q`) and sorted (`sort`, `order`).
 * @param sorts by the names that clients use
 * @param standard what is taken where nothing is asked for
 */
export function sortedQuery<const Sorts extends Record<string, SortKey>>(
  sorts: Sorts,
  standard: { sort: keyof Sorts & string; order: Order },
) {
  const names = Object.keys(sorts) as [keyof Sorts & string, ...(keyof Sorts & string)[]]
  return z.object({
    cursor: z.string().max(2_000).optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
    q: z
      .string()
      .trim()
      .max(200)
      .regex(/^[^\0]*$/, 'must not hold a NUL character')
      .optional(),
    sort: z.enum(names).default(standard.sort as never),
    order: z.enum(ORDERS).default(standard.order as never),
  })
}

interface Asked {
  sort: string
  order: Order
  cursor?: string | undefined
}

/**
 * Puts an order into a statement, which has `{key}` where its value stands, `{written}` where the cursor's text is
 * selected (as `key`), `{past}` between key and cursor, `{after $7}` around the parameter of the cursor's text, and
 * `{order}` behind what it is sorted by. Rows of one key are told apart by their id, so a page begins exactly where the
 * one before ended, whatever was added in the meantime.
 */
export function inOrder(statement: string, { by, as }: SortKey, order: Order): string {
  const { written, read } = VALUES[as]
  return statement
    .replaceAll('{key}', by)
    .replaceAll('{written}', written(by))
    .replaceAll('{past}', order === 'asc' ? '>' : '<')
    .replaceAll('{order}', order)
    .replace(/\{after (\$\d+)\}/g, (_, value: string) => read(value))
}

/**
 * Where the page before ended: the text of its last row's key, and its id; two nulls on the first page.
 * @throws Refusal `invalid` where it is not a cursor of this list in this order
 */
export function readPlace(key: SortKey, { cursor, sort, order }: Asked): [string, string] | [null, null] {
  if (cursor === undefined) return [null, null]
  const Place = z.tuple([z.string().regex(VALUES[key.as].shape), z.guid(), z.literal(`${sort} ${order}`)])
  try {
    const [value, id] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return [value, id]
  } catch {
    throw new Refusal(
      'invalid',
      '/cursor: not a cursor of this list in this order; begin again without one.',
      {
        errors: [{ pointer: '/cursor', message: 'not a cursor of this list in this order' }],
      },
    )
  }
}

/** A page out of one row more than was asked for: the surplus row says that there is a next page. */
export function sortedPage<Row extends { key: string; id: string }, Item>(
  rows: Row[],
  { limit, sort, order }: Asked & { limit: number },
  as: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const here = rows.slice(0, limit)
  const last = here.at(-1)
  const place = last && JSON.stringify([last.key, last.id, `${sort} ${order}`])
  return {
    items: here.map(as),
    next: rows.length > limit && place ? Buffer.from(place).toString('base64url') : null,
  }
}

/** `total`: how many there are on all pages. */
export const countedListOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.int().min(0) })
