import { createHmac } from 'node:crypto'
import { sameKey } from './same_key.ts'

/** The cookie by which a browser shows that an account's owner logged in on it before: HttpOnly, for the login alone. */
export const DEVICE_COOKIE = 'pitchbeat_device'

/** The cookie's value for an account: a seal over its address, which says nothing to who reads it. */
function deviceSeal(email: string, secret: string): string {
  return createHmac('sha256', secret).update('device\0').update(email.toLowerCase()).digest('base64url')
}

/**
 * Whether the owner of this account logged in on the device before.
 * @param given the cookie's value: up to four seals, of the accounts that logged in there last
 * @param secrets the present secret first, then the previous one where there is one
 */
export function isKnownDevice(given: string | undefined, email: string, secrets: readonly string[]): boolean {
  const seals = given?.split('.') ?? []
  return secrets.some(secret => {
    const expected = deviceSeal(email, secret)
    return seals.some(seal => sameKey(seal, expected))
  })
}

/** The cookie's value after a login, with this account in front of those before. */
export function withDevice(given: string | undefined, email: string, secret: string): string {
  const seal = deviceSeal(email, secret)
  const others = (given?.split('.') ?? []).filter(one => one !== seal && /^[\w-]{43}$/.test(one))
  return [seal, ...others].slice(0, 4).join('.')
}
