import { z } from 'zod'

/** Days that PostgreSQL and JavaScript both can hold. */
const day = z.iso.date().regex(/^(19|2\d)/, 'must lie between 1900 and 2999')
/** `from`, `to`: days in the project's time zone, inclusive; without one the range is open at that end. */
export const RangeQuery = z.object({ from: day.optional(), to: day.optional() })

/** A range that ends before it begins is a mistake worth telling. */
export function isForwards({ from, to }: z.infer<typeof RangeQuery>): boolean {
  return from === undefined || to === undefined || from <= to
}
export const BACKWARDS = { path: ['to'], message: 'must not lie before "from"' }
