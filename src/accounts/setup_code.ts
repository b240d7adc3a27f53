import { createHmac, timingSafeEqual } from 'node:crypto'

/** Letters and digits that nobody mistakes for one another when reading them off a terminal: no 0 O 1 I. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const LENGTH = 12

/**
 * The one-time set-up code, such as `ABCD-EFGH-JKLM`: 60 bits of an HMAC of the secret, so that every process prints
 * the same and none has to store it. It serves once: with every owner that there ever was it is another one.
 */
export function setupCode(secret: string, ownersEver: number): string {
  const which = ownersEver === 0 ? 'set-up code' : `set-up code ${ownersEver}`
  const digest = createHmac('sha256', secret).update(which).digest()
  const letters = Array.from(digest.subarray(0, LENGTH), byte => ALPHABET[byte % ALPHABET.length])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** Compares in constant time; case, spaces and hyphens do not matter. */
export function isSetupCode(given: string, secret: string, ownersEver: number): boolean {
  const plain = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const digest = (code: string) => createHmac('sha256', secret).update(plain(code)).digest()
  return timingSafeEqual(digest(given), digest(setupCode(secret, ownersEver)))
}
