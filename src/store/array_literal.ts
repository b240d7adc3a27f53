/** PostgreSQL array literals, built here: the driver quotes and escapes every element, which costs half of a save. */

/** For elements that need no quotes: uuid, numbers, booleans. */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${values.map(value => value ?? 'NULL').join(',')}}`
}

/** For Unix milliseconds. */
export function timeArray(values: readonly (number | null)[]): string {
  return `{${values.map(ms => (ms === null ? 'NULL' : new Date(ms).toISOString())).join(',')}}`
}

/** For any text. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map(quoted).join(',')}}`
}

function quoted(text: string | null): string {
  if (text === null) return 'NULL'
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`
}
