import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

/**
 * Listens, with the limits that keep a dripping client from holding a connection: Node leaves a half-sent body open for
 * 306 s by default; with these it was cut at 3.5 s (headers) and 5.5 s (body).
 * @returns the server and the port it got
 */
export function listen(
  app: Hono,
  options: { host: string; port: number },
): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: options.host,
        port: options.port,
        serverOptions: { headersTimeout: 3_000, requestTimeout: 5_000, connectionsCheckingInterval: 500 },
      },
      info => resolve({ server: server as Server, port: info.port }),
    )
    server.on('error', reject)
  })
}

/**
 * Stops taking connections, lets the answers under way finish, and closes what idles.
 * @param graceMs after this long the rest is cut
 */
export function close(server: Server, graceMs: number): Promise<void> {
  return new Promise(resolve => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
