import { NAME, PRIVATE, settings } from './settings.ts'

/** All cookies as text. Where cookies are blocked, or in a sandboxed frame, the mere read throws. */
const jar = () => {
  try {
    return document.cookie
  } catch {
    return ''
  }
}

/** The reader asked not to be counted. Asked anew each time, because it can be said in another tab. */
export const optedOut = () => /\bpb_out=/.test(jar())

/** The session id that this or another page keeps; the browser removes it when the window has passed. */
export const readCookie = () => (PRIVATE ? undefined : jar().match(`${NAME}=([\\da-f-]{36})`)?.[1])

/**
 * Keeps the session id for the other pages.
 * @param left milliseconds until the session's window passes
 */
export function writeCookie(id: string, left: number): void {
  try {
    if (!PRIVATE)
      document.cookie = `${NAME}=${id};samesite=lax;max-age=${Math.ceil(left / 1000)};path=${
        settings.page ? `/p/${settings.slug}` : '/'
        // on plain http a Secure cookie sticks on loopback only
      }${isSecureContext ? ';secure' : ''}`
  } catch {}
}
