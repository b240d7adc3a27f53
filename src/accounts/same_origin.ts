import type { Context } from 'hono'
import { Refusal } from '../gate/problem.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether the request may change something. */
export function changes(c: Context): boolean {
  return !SAFE.has(c.req.method)
}

/**
 * Whether the browser says that this very site sent the request: by `Sec-Fetch-Site`, which no script can set, or by an
 * `Origin` that is the configured address. Not by `Host`: a name that somebody else points to this server is in both.
 */
export function isSameOrigin(c: Context, baseUrl: string): boolean {
  if (c.req.header('sec-fetch-site') === 'same-origin') return true
  return c.req.header('origin') === new URL(baseUrl).origin
}

/** @throws Refusal `forbidden` where another site may have sent it. */
export function requireSameOrigin(c: Context, baseUrl: string): void {
  if (!isSameOrigin(c, baseUrl))
    throw new Refusal(
      'forbidden',
      `This request came from another site than ${new URL(baseUrl).origin} (BASE_URL). Open the studio there, or use a token (Authorization: Bearer).`,
    )
}
