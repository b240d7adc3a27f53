import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { Refusal } from '../gate/problem.ts'
import { secureCookies } from '../gate/secure_cookies.ts'
import type { Database } from '../store/database.ts'
import { readForm } from './lead_form.ts'
import type { Parts } from './parts.ts'
import { isSlug } from './public_page.ts'
import { after } from './record_open.ts'
import { notFoundPage } from './refused_page.tsx'
import { pathsOf } from './setting.ts'
import { OUT_COOKIE, sessionOf } from './visit.ts'

/** What browsers allow a cookie at most (RFC 6265bis, section 5.5). */
const OUT_MAX_AGE_S = 400 * 86_400
/** Half a minute altogether: after 1, 2, 4, 8 and 16 s. A queue is about a second behind. */
const TRIES = 6

/**
 * Keeps the reader's word in their browser: for every link of this server, readable by the tracker, so that pages which
 * are open in other tabs fall silent too. The answer waits for no database; after it the session that runs loses its hash.
 * @throws Refusal `forbidden` where another site sent it: nobody else may switch the counting back on
 */
export async function optOut(c: Context, { baseUrl, database }: Pick<Parts, 'baseUrl' | 'database'>) {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const elsewhere = origin !== undefined && origin !== new URL(baseUrl).origin
  if (site ? site !== 'same-origin' && site !== 'none' : elsewhere)
    throw new Refusal('forbidden', 'Only the page itself can ask for this.')
  const slug = c.req.param('slug')!
  if (!isSlug(slug)) return notFoundPage(c)
  const out = (await readForm(c.req.raw, 1_000)).get('out') !== '0'
  const secure = secureCookies(baseUrl)
  if (out) {
    const session = sessionOf(c, slug)
    if (session) after(c, () => dropHash(database, slug, session))
    setCookie(c, OUT_COOKIE, '1', { path: '/p', maxAge: OUT_MAX_AGE_S, sameSite: 'Lax', secure })
    deleteCookie(c, `pb_${slug}`, { path: `/p/${slug}`, sameSite: 'Lax', secure })
  } else deleteCookie(c, OUT_COOKIE, { path: '/p', sameSite: 'Lax', secure })
  return c.redirect(backTo(c, slug), 303)
}

/** The session's first report may still wait in the queue, so this asks again until it is saved. */
async function dropHash(database: Database, slug: string, session: string): Promise<void> {
  for (let i = 0; i < TRIES; i++) {
    const dropped = await database
      .as({ role: 'service_role' }, query =>
        query<{ done: boolean }>('select internal.opt_out($1, $2) as done', [slug, session]),
      )
      .catch(() => [])
    if (dropped[0]?.done) return
    await new Promise(resolve => setTimeout(resolve, 1_000 * 2 ** i).unref())
  }
}

/** The page of this link on which the button was pressed; its first page where the browser does not say. */
function backTo(c: Context, slug: string): string {
  const paths = pathsOf(slug)
  const given = c.req.header('referer')
  const from = given && URL.canParse(given) ? new URL(given).pathname : ''
  return Object.values(paths).find(path => path === from && path !== paths.opt_out) ?? paths.summary
}
