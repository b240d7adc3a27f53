import type { Context } from 'hono'
import { Refusal } from '../gate/problem.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether the request may change something. */
export function changes(c: Context): boolean {
  return !SAFE.has(c.req.method)
}

/**
 * Whether the browser says that this very site sent the request: by `Sec-Fetch-Site`, which no script can set, or by an
 * `Origin` that is the configured address or the one the request was sent to (a proxy may have changed either).
 */
export function isSameOrigin(c: Context, baseUrl: string): boolean {
  if (c.req.header('sec-fetch-site') === 'same-origin') return true
  const origin = c.req.header('origin')
  if (!origin || !URL.canParse(origin)) return false
  return origin === new URL(baseUrl).origin || new URL(origin).host === c.req.header('host')
}

/** @throws Refusal `forbidden` where another site may have sent it. */
export function requireSameOrigin(c: Context, baseUrl: string): void {
  if (!isSameOrigin(c, baseUrl))
    throw new Refusal(
      'forbidden',
      'This request came from another site. Open the studio itself, or use a token (Authorization: Bearer).',
    )
}
