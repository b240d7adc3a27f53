import type { Context, MiddlewareHandler } from 'hono'
import type { TicketAnswer } from '../contract/wire.ts'
import { Refusal } from '../gate/problem.ts'
import type { Parts } from './parts.ts'
import { isLive, type PublicPage, publicPage } from './public_page.ts'
import { refusalOf } from './refused_page.tsx'
import { flagsOf, ticketOf, trackerData } from './visit.ts'

/** What a page elsewhere needs to be measured under this link. */
async function ticketAnswer(c: Context, slug: string, page: PublicPage, parts: Parts): Promise<TicketAnswer> {
  const flags = await flagsOf(c, page, parts, false)
  return {
    ticket: ticketOf({ page, slug, flags, served_at: Date.now(), open_id: null }, parts),
    window: parts.window,
    api: `${parts.baseUrl}/p/${slug}`,
  }
}

/** Reads the link's page for an embedding site; says why there is none. */
async function embeddable(slug: string, parts: Parts): Promise<PublicPage> {
  const page = await publicPage(parts.database, slug)
  if (page && isLive(page)) return page
  throw page === null || page.state === 'draft' || page.state === 'live'
    ? new Refusal('not_found', 'There is no published campaign under this link.')
    : new Refusal('gone', 'This link was switched off, has expired, or its campaign was deleted.')
}

/** Any site may read the answer, refusals included: where events may come from stands in the ticket itself. */
export const forAnySite: MiddlewareHandler = async (c, next) => {
  c.header('Access-Control-Allow-Origin', '*')
  c.header('Access-Control-Expose-Headers', 'Retry-After')
  await next()
}

/** `GET /p/:slug/ticket`. */
export async function getTicket(c: Context, parts: Parts) {
  const slug = c.req.param('slug')!
  const page = await embeddable(slug, parts)
  c.header('Cache-Control', 'private, no-store')
  return c.json(await ticketAnswer(c, slug, page, parts), 200)
}

/** `GET /p/:slug/pb.js`: settings and tracker in one file, for one script tag. A site that embeds it sees why it is silent. */
export async function getScript(c: Context, parts: Parts) {
  const slug = c.req.param('slug')!
  c.header('Content-Type', 'text/javascript; charset=utf-8')
  c.header('Cross-Origin-Resource-Policy', 'cross-origin')
  c.header('X-Content-Type-Options', 'nosniff')
  try {
    const page = await embeddable(slug, parts)
    const { ticket, api } = await ticketAnswer(c, slug, page, parts)
    const settings = { ticket, api, ...trackerData(slug, '/', parts) }
    c.header('Cache-Control', 'private, max-age=300')
    return c.body(`${prelude(settings)}${parts.tracker.script}`, 200)
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    c.header('Cache-Control', 'no-store')
    const reason = `// Pitchbeat measures nothing here. ${refusal.message}\n`
    if (refusal.problem !== 'unavailable') return c.body(reason, 404)
    c.header('Retry-After', String(refusal.options.retryAfterS ?? 10))
    return c.body(reason, 503)
  }
}

/** The tracker reads its settings from its own script element, wherever that stands. */
function prelude(settings: Record<string, string>): string {
  return `Object.assign(document.currentScript.dataset,${JSON.stringify(settings)});\n`
}

/** `GET /pb.<hash>.js`: for ever under its own hash; a page from before an update still gets a tracker, uncached. */
export function getTracker(c: Context, { tracker }: Parts) {
  const own = c.req.path === `/pb.${tracker.hash}.js`
  c.header('Content-Type', 'text/javascript; charset=utf-8')
  c.header('Cache-Control', own ? 'public, max-age=31536000, immutable' : 'no-cache')
  c.header('Cross-Origin-Resource-Policy', 'cross-origin')
  c.header('X-Content-Type-Options', 'nosniff')
  return c.body(tracker.script, 200)
}
