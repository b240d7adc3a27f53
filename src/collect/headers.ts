/**
 * Headers of every answer. Any site may send, without credentials: what may come from where stands in the ticket.
 * `Retry-After` is exposed, since a script of another origin could not read it otherwise.
 * The last two stand here because collect is mounted before the middleware that sets them: going through `c.res.headers`
 * took half as long again as the whole request.
 */
export const HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
} as const

/** Answer to a preflight; browsers ask once a day (Chromium caps it at two hours). */
export const PREFLIGHT = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '86400',
} as const
