/** Letters and digits that nobody mistakes for one another when reading them off a screen: no 0 O 1 I. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const LENGTH = 12

/** A code to read out and type, such as `ABCD-EFGH-JKLM`: 60 bits of at least 12 random bytes. */
export function readableCode(bytes: Uint8Array): string {
  const letters = Array.from(bytes.subarray(0, LENGTH), byte => ALPHABET[byte % ALPHABET.length])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** A code without what people add to it: case, spaces and hyphens do not matter. */
export const plainCode = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '')
