/** The joins of the fact columns, as SQL has them: least() and greatest() pass over null, text compares by bytes. */

type Maybe<T> = T | null

export function byBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b))
}

export function leastText<T extends Maybe<string>>(a: T, b: T): T {
  if (a === null) return b
  if (b === null) return a
  return byBytes(a, b) <= 0 ? a : b
}

export function leastNumber<T extends Maybe<number>>(a: T, b: T): T {
  if (a === null) return b
  if (b === null) return a
  return a <= b ? a : b
}
