/**
 * Any site may send, without credentials: what may come from where stands in the ticket. `Retry-After` is exposed, since
 * a script of another origin could not read it otherwise.
 */
export const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After',
} as const

/** Answer to a preflight; browsers ask once a day (Chromium caps it at two hours). */
export const PREFLIGHT = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '86400',
} as const
