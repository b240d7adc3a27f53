import type { Context } from 'hono'
import type { Pages } from '../contract/shapes.ts'
import { compress } from './compress.ts'
import { styles } from './document.tsx'

interface Answer {
  /** the whole document, rendered */
  html: { toString(): string | Promise<string> }
  look: Pages['look'] | null
  status?: 200 | 403 | 404 | 410 | 413 | 415 | 422 | 429 | 503
  retryAfterS?: number
  /** may stand in search engines; only the owner can say so */
  indexable?: boolean
  /** shown inside the studio */
  framed?: boolean
}

/**
 * Answers with a page. Its policy allows our own scripts, pictures over https, and exactly the styles in it: text of an
 * owner or a reader that got through everything else still could not run or reach anywhere.
 */
export async function answer(
  c: Context,
  { html, look, status = 200, retryAfterS, indexable, framed }: Answer,
) {
  const policy = [
    "default-src 'self'",
    "img-src 'self' https: data:",
    `style-src ${styles(look)
      .map(({ source }) => source)
      .join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${framed ? "'none'" : "'self'"}`,
    `frame-ancestors ${framed ? "'self'" : "'none'"}`,
  ]
  c.header('Content-Security-Policy', policy.join('; '))
  c.header('Cache-Control', framed ? 'private, no-store' : 'private, no-cache')
  c.header('Referrer-Policy', 'strict-origin-when-cross-origin')
  c.header('X-Content-Type-Options', 'nosniff')
  if (!indexable) c.header('X-Robots-Tag', 'noindex')
  if (retryAfterS !== undefined) c.header('Retry-After', String(Math.ceil(retryAfterS)))
  c.header('Vary', 'Accept-Encoding')
  const { body, coding } = await compress(`<!doctype html>${html}`, c.req.header('accept-encoding'))
  if (coding) c.header('Content-Encoding', coding)
  c.header('Content-Type', 'text/html; charset=UTF-8')
  return c.body(body, status)
}
