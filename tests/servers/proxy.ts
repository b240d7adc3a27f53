import { createServer, connect as dial, type Socket } from 'node:net'

/**
 *   pass            both directions
 *   black_hole      connections stay open, new ones too, and every byte vanishes; so does the news that one end closed
 *   drop_replies    what is sent arrives, what is answered vanishes
 *   refuse          connections are cut, new ones at once
 *
 * A direction that lost bytes stays silent for as long as its connection lives, whatever comes later: TCP never delivers a
 * stream with a hole in it. (With one, Redis' replies moved up by a command, and a lost XADD took another's answer for its
 * own: 163 of 21 585 acknowledged items.)
 */
export type ProxyMode = 'pass' | 'black_hole' | 'drop_replies' | 'refuse'

/** A TCP proxy on loopback that fails in the ways networks do. */
export interface FaultyProxy {
  port: number
  /** Takes effect at once, on open connections too. */
  become(mode: ProxyMode): void
  stop(): Promise<void>
}

export async function startProxy(targetPort: number): Promise<FaultyProxy> {
  let mode: ProxyMode = 'pass'
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    if (mode === 'refuse') return client.destroy()
    const target = dial(targetPort, '127.0.0.1')
    const both = [client, target]
    for (const socket of both) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        if (mode !== 'black_hole') for (const one of both) one.destroy()
      })
    }
    let asks = true
    let answers = true
    client.on('data', bytes => {
      asks &&= mode !== 'black_hole'
      if (asks) target.write(bytes)
    })
    target.on('data', bytes => {
      answers &&= mode === 'pass'
      if (answers) client.write(bytes)
    })
  })
  const port = await new Promise<number>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  )
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port,
    become(next) {
      mode = next
      if (next === 'refuse') cut()
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        cut()
      }),
  }
}
