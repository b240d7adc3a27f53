import { connect, type Socket } from 'node:net'

/**
 * A load generator that costs as little as it can, since it shares the machine with what it measures: prepared requests
 * written to keep-alive sockets, answers counted by their status line. One request at a time a connection.
 */
export interface Hammered {
  /** answers by status */
  statuses: Map<number, number>
  seconds: number
  perSecond: number
}

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * @param requests whole HTTP requests; used in turn, from `from` on
 * @returns counts, and where in `requests` the next run may go on
 */
export async function hammer(
  port: number,
  requests: Buffer[],
  { connections = 64, seconds = 5, from = 0 } = {},
): Promise<Hammered & { next: number }> {
  const statuses = new Map<number, number>()
  let next = from
  const begun = performance.now()
  const end = begun + seconds * 1000
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1', () => send(socket))
          socket.setNoDelay(true)
          let rest = Buffer.alloc(0)
          socket.on('data', bytes => {
            rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
            const answer = answerIn(rest)
            if (!answer) return
            rest = rest.subarray(answer.length)
            statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
            if (performance.now() >= end) socket.end()
            else send(socket)
          })
          socket.on('error', reject)
          socket.on('close', () => resolve())
        }),
    ),
  )
  const took = (performance.now() - begun) / 1000
  const count = [...statuses.values()].reduce((sum, n) => sum + n, 0)
  return { statuses, seconds: took, perSecond: count / took, next }

  function send(socket: Socket): void {
    socket.write(requests[next++ % requests.length]!)
  }
}

/** The first whole answer in `bytes`: head, and a body where `Content-Length` says so. */
function answerIn(bytes: Buffer): { status: number; length: number } | null {
  const head = bytes.indexOf(HEAD_END)
  if (head < 0) return null
  const status = Number(bytes.toString('latin1', 9, 12))
  if (status === 204) return { status, length: head + 4 }
  const size = /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1] ?? '0'
  const length = head + 4 + Number(size)
  return bytes.length >= length ? { status, length } : null
}

/** A POST as a browser sends it, ready to be written. */
export function requestBytes(path: string, body: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Content-Type: text/plain;charset=UTF-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}
