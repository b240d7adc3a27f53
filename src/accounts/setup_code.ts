import { createHmac, timingSafeEqual } from 'node:crypto'
import { plainCode, readableCode } from '../gate/readable_code.ts'

/**
 * The one-time set-up code, such as `ABCD-EFGH-JKLM`: 60 bits of an HMAC of the secret, so that every process prints
 * the same and none has to store it. It serves once: with every owner that there ever was it is another one.
 */
export function setupCode(secret: string, ownersEver: number): string {
  const which = ownersEver === 0 ? 'set-up code' : `set-up code ${ownersEver}`
  const digest = createHmac('sha256', secret).update(which).digest()
  return readableCode(digest)
}

/** Compares in constant time; case, spaces and hyphens do not matter. */
export function isSetupCode(given: string, secret: string, ownersEver: number): boolean {
  const digest = (code: string) => createHmac('sha256', secret).update(plainCode(code)).digest()
  return timingSafeEqual(digest(given), digest(setupCode(secret, ownersEver)))
}
