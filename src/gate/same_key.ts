import { timingSafeEqual } from 'node:crypto'

/** Compares in constant time; lengths may differ. */
export function sameKey(given: string, key: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(key)
  return a.length === b.length && timingSafeEqual(a, b)
}
