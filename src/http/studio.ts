import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'

/** The studio needs nothing from elsewhere; the preview of a campaign is shown in a frame of our own. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/**
 * The browser app as files, precompressed by the build; every other path below /studio is one of its own screens.
 * @param studio.folder dist/studio
 * @param studio.bringsLogin whether the page may ask for the owner's data at once (src/studio/boot.ts): a stranger's
 * questions would stand as errors in the console
 */
export function studioRoutes({
  folder,
  bringsLogin,
}: {
  folder: string
  bringsLogin(c: Context): Promise<boolean>
}) {
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
  let page: string | undefined
  routes.get('/', c => c.redirect('/studio/', 302))
  routes.get('/studio', c => c.redirect('/studio/', 302))
  routes.get('/studio/assets/*', serveStatic({ root: folder, rewriteRequestPath: file, precompressed: true }))
  routes.get('/studio/*', async (c, next) => {
    if (c.req.path.startsWith('/studio/assets/')) return next()
    page ??= readFileSync(join(folder, 'index.html'), 'utf8')
    c.header('Vary', 'Cookie')
    return c.html((await bringsLogin(c)) ? page.replace('<html ', '<html data-login ') : page)
  })
  return routes
}
