import type { OpenAPIHono } from '@hono/zod-openapi'
import { newApi } from '../gate/api.ts'
import type { OwnerEnv } from '../gate/owner.ts'
import { describePages } from './describe_pages.ts'
import { forAnySite, getScript, getTicket, getTracker } from './embedding.ts'
import { optOut } from './opt_out.ts'
import type { Parts } from './parts.ts'
import { GPC, MARK, ROBOTS } from './plain_files.ts'
import { postContact } from './post_contact.tsx'
import { preview } from './preview.tsx'
import { refusedPage } from './refused_page.tsx'
import { showPage } from './show_page.tsx'
import { showPrivacy } from './show_privacy.tsx'

/** Everything a reader meets: the three pages, the form, the notice, and what embedding sites fetch. */
export function pageRoutes(parts: Parts): OpenAPIHono {
  const routes = newApi()
  const limit = parts.gate.limit('pages')

  const html = newApi()
  html.onError(refusedPage)
  html.get('/p/:slug', limit, c => showPage(c, 'summary', parts))
  html.get('/p/:slug/case-studies', limit, c => showPage(c, 'case_studies', parts))
  html.get('/p/:slug/contact', limit, c => showPage(c, 'contact', parts))
  html.post('/p/:slug/contact', c => postContact(c, parts))
  html.get('/p/:slug/privacy', limit, c => showPrivacy(c, parts))
  html.post('/p/:slug/opt-out', limit, c => optOut(c, parts))
  // chat programs and people add a slash; relative addresses would break below it
  html.get('/p/:slug/', c => c.redirect(`/p/${encodeURIComponent(c.req.param('slug'))}`, 301))

  routes.get('/p/:slug/ticket', forAnySite, limit, c => getTicket(c, parts))
  routes.get('/p/:slug/pb.js', limit, c => getScript(c, parts))
  routes.get('/:file{pb\\.[A-Za-z0-9_-]+\\.js}', c => getTracker(c, parts))

  const owners = newApi<OwnerEnv>()
  owners.get('/api/campaigns/:id/preview/:page', parts.asker, c => preview(c, parts))
  routes.route('/', owners as unknown as OpenAPIHono)

  routes.route('/', html)

  routes.get('/robots.txt', c => c.text(ROBOTS))
  routes.get('/.well-known/gpc.json', c => c.json(GPC))
  routes.get('/favicon.ico', c =>
    c.body(MARK, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
  )
  describePages(routes)
  return routes
}
