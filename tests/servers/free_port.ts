import { createServer } from 'node:net'

/** Below the range from which Linux takes ports of outgoing connections (32768 up), so none of those can steal it. */
const LOWEST = 20_000
const HIGHEST = 32_000

/** A TCP port of loopback on which nothing listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
