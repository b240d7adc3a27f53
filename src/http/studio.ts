import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

/** The studio needs nothing from elsewhere; the preview of a campaign is shown in a frame of our own. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/**
 * The browser app as files, precompressed by the build; every unknown path below /studio is one of its own screens.
 * @param folder dist/studio
 */
export function studioRoutes(folder: string) {
  const routes = new Hono()
  routes.use('/studio/*', async (c, next) => {
    await next()
    c.header('Content-Security-Policy', POLICY)
    c.header(
      'Cache-Control',
      c.req.path.startsWith('/studio/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
  })
  const file = (path: string) => path.replace(/^\/studio/, '')
  routes.get('/', c => c.redirect('/studio/', 302))
  routes.get('/studio', c => c.redirect('/studio/', 302))
  routes.get('/studio/*', serveStatic({ root: folder, rewriteRequestPath: file, precompressed: true }))
  const index = serveStatic({ root: folder, path: 'index.html', precompressed: true })
  routes.get('/studio/*', async (c, next) =>
    c.req.path.startsWith('/studio/assets/') ? next() : index(c, next),
  )
  return routes
}
