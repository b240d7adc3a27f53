import type { Ticket } from '../contract/ticket.ts'

/**
 * When the session ends, as far as the server can know, by the window its page was served with: a sliding one a window from now, a fixed one a window from its
 * start, which its UUIDv7 names. An id that names no time within the window (another UUID, a clock that is wrong) counts
 * from now: the browser rotates, and the store keeps its own clock.
 */
export function expiresAt(id: string, { flags, window_ms }: Readonly<Ticket>, now: number): number {
  if (flags.sliding || id[14] !== '7') return now + window_ms
  const started = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  return started > now - window_ms && started <= now ? started + window_ms : now + window_ms
}

/**
 * `Set-Cookie` of a session: readable by the tracker, which renews it; it grants nothing.
 * @param hosted one of our own pages; an embedding site's pages may lie anywhere, hence `/`
 * @param maxAgeMs what is left of the session
 */
export function sessionCookie(
  slug: string,
  id: string,
  hosted: boolean,
  maxAgeMs: number,
  secure: boolean,
): string {
  const path = hosted ? `/p/${slug}` : '/'
  const cookie = `pb_${slug}=${id}; Path=${path}; Max-Age=${Math.ceil(maxAgeMs / 1000)}; SameSite=Lax`
  return secure ? `${cookie}; Secure` : cookie
}
