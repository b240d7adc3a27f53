import { api, NAME, PRIVATE, page } from './settings.ts'

/** The reader asked not to be counted. Asked anew each time, because it can be said in another tab. */
export const optedOut = () => /\bpb_out=1/.test(document.cookie)

/** The session id that this or another page keeps; the browser removes it when the window has passed. */
export const readCookie = () => !PRIVATE && document.cookie.match(`${NAME}=([\\w-]{36})`)?.[1]

/**
 * Keeps the session id for the other pages.
 * @param left milliseconds until the session's window passes
 */
export function writeCookie(id: string, left: number): void {
  if (!PRIVATE)
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and Chromium's own
    document.cookie = `${NAME}=${id};samesite=lax;max-age=${(left / 1000) | 0};path=${
      page ? api : '/'
      // on plain http a Secure cookie sticks on loopback only
    }${isSecureContext ? ';secure' : ''}`
}
