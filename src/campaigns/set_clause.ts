/**
 * `name = $2, note = $3` for the fields that a PATCH really gave, so that what it left out stays.
 * @param patch column to value; the columns come from a schema, never from the request
 * @param first number of the first parameter
 */
export function setClause(patch: Record<string, unknown>, first: number): { set: string; values: unknown[] } {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  return {
    set: given.map(([column], i) => `${column} = $${first + i}`).join(', '),
    values: given.map(([, value]) => value),
  }
}
