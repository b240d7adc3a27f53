import { createHmac } from 'node:crypto'
import { sameKey } from './same_key.ts'

/** The cookie by which a browser says "this device is the owner's": HttpOnly, Path=/p, 400 days. */
export const MINE_COOKIE = 'pb_mine'
/** Browsers cap what a cookie may ask for at 400 days (RFC 6265bis, section 5.5). */
export const COOKIE_MAX_AGE_S = 400 * 86_400

function seal(owner_id: string, secret: string): string {
  return createHmac('sha256', secret).update('mine\0').update(owner_id).digest('base64url')
}

/** The cookie's value for an owner: their id and a seal over it, so that nobody can pass as the owner of others' campaigns. */
export function mineCookie(owner_id: string, secret: string): string {
  return `${Buffer.from(owner_id).toString('base64url')}.${seal(owner_id, secret)}`
}

/**
 * Whose device the cookie says this is.
 * @param secrets the present secret first, then the previous one where there is one
 * @returns null where the cookie is absent, was changed, or is not ours
 */
export function openMineCookie(value: string | undefined, secrets: readonly string[]): string | null {
  const [id, given] = value?.split('.') ?? []
  if (!id || !given) return null
  const owner_id = Buffer.from(id, 'base64url').toString()
  return secrets.some(secret => sameKey(given, seal(owner_id, secret))) ? owner_id : null
}
