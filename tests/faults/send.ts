import { Agent, request } from 'node:http'
import type { Ledger } from './ledger.ts'
import type { LoadRequest } from './load.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Posts one request. @returns its status, or 0 where no answer came */
export const post = async (url: string, request: { path: string; body: string }) =>
  (await answerOf(url, request)).status

/** The same, with the seconds of `Retry-After`, null where it has none. */
function answerOf(
  url: string,
  { path, body }: { path: string; body: string },
): Promise<{ status: number; retryAfterS: number | null }> {
  return new Promise(resolve => {
    const headers = {
      'Content-Type': 'text/plain',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': USER_AGENT,
    }
    const nothing = { status: 0, retryAfterS: null }
    const sending = request(url + path, { method: 'POST', agent, headers, timeout: 10_000 }, answer => {
      answer.resume()
      const after = answer.headers['retry-after']
      const said = { status: answer.statusCode ?? 0, retryAfterS: after === undefined ? null : Number(after) }
      answer.on('end', () => resolve(said))
      answer.on('error', () => resolve(nothing))
    })
    sending.on('error', () => resolve(nothing))
    sending.on('timeout', () => sending.destroy())
    sending.end(body)
  })
}

/** How soon a browser must hear that nothing can be taken now; half a second more, where this machine runs much else. */
export const REFUSED_WITHIN_MS = 1_500

/** Answers for which the tracker keeps a batch and tries again; 0 is the network. */
const KEEP = new Set([0, 408, 425, 429, 500, 502, 503, 504])

export interface Sending {
  /** how often each status came */
  statuses: Map<number, number>
  /** the longest wait for a 503, milliseconds */
  slowest503: number
}

/**
 * Sends a load as many trackers would: what is refused for now is kept and sent again until it is taken.
 * @param options.url asked for each request, so that it may change; several servers by turns
 * @param options.onAck may throw to end the sending
 * @param options.giveUp ends what is still unsent
 */
export async function sendAll(
  load: LoadRequest[],
  ledger: Ledger,
  options: {
    url(): string
    concurrency?: number
    retryMs?: number
    onAck?(acked: number): void
    /** hears of each answer that was a refusal for now */
    onRefusal?(refused: number): void
    giveUp?: AbortSignal
  },
): Promise<Sending> {
  const statuses = new Map<number, number>()
  let slowest503 = 0
  let refused = 0
  let next = 0
  async function one(): Promise<void> {
    for (;;) {
      const request = load[next++]
      if (!request) return
      ledger.send(request)
      for (;;) {
        if (options.giveUp?.aborted) return
        const begun = performance.now()
        const { status, retryAfterS } = await answerOf(options.url(), request)
        if (status === 503 && !retryAfterS)
          throw new Error(`${request.path} answered 503 without Retry-After`)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (status === 503) slowest503 = Math.max(slowest503, performance.now() - begun)
        if (status === 204) {
          ledger.ack(request)
          options.onAck?.(ledger.ackedRequests)
          break
        }
        if (!KEEP.has(status)) throw new Error(`${request.path} answered ${status}`)
        options.onRefusal?.(++refused)
        await new Promise(resolve => setTimeout(resolve, options.retryMs ?? 100))
      }
    }
  }
  await Promise.all(Array.from({ length: options.concurrency ?? 16 }, one))
  return { statuses, slowest503 }
}
