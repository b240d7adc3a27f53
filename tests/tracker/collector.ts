import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Batch, SessionStart } from '../../src/contract/wire.ts'
import { Batch as BatchSchema, SessionStart as SessionStartSchema } from '../../src/contract/wire.ts'
import { type PageSettings, pageHtml } from './page.ts'

/** How the collector treats a request. `lost`: taken, but the answer never leaves. `hang`: neither taken nor answered. */
export type Treatment =
  | { status: number; retryAfterS?: number; delayMs?: number }
  | 'ok'
  | 'lost'
  | 'drop'
  | 'hang'

export interface Received {
  /** `sessions` or `beat` */
  path: string
  url: string
  at: number
  taken: boolean
  text: string
  body: unknown
  bytes: number
  headers: IncomingMessage['headers']
}

/**
 * Serves campaign pages with a tracker, and takes what it sends, in the way the scenario says. What it took is folded
 * as the store folds it: greatest active time of a view, each event id once.
 */
export class Collector {
  readonly received: Received[] = []
  /** a page was asked for before anybody wanted to see it */
  prerendered = false
  /** what a body that does not fit the schema said */
  readonly invalid: string[] = []
  treat: (path: string, count: number) => Treatment = () => 'ok'
  #server = createServer((request, response) => this.#serve(request, response))
  #sockets = new Set<Socket>()
  #port = 0
  #counts = new Map<string, number>()
  readonly settings: PageSettings
  readonly script: string

  private constructor(script: string, settings: PageSettings) {
    this.script = script
    this.settings = settings
    this.#server.on('connection', socket => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  static async start(script: string, settings: Partial<PageSettings> = {}): Promise<Collector> {
    const collector = new Collector(script, {
      window: 'sliding',
      ms: 1_800_000,
      maxMs: 86_400_000,
      idleMs: 120_000,
      head: '',
      ...settings,
    })
    await collector.comeBack()
    return collector
  }

  /** Another site than `foreign`. */
  get origin(): string {
    return `http://localhost:${this.#port}`
  }
  get foreign(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** The server is there (again), at the same address. */
  async comeBack(): Promise<void> {
    await new Promise<void>(done => this.#server.listen(this.#port, () => done()))
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** The server is gone: connections are refused. */
  async vanish(): Promise<void> {
    const closed = new Promise(done => this.#server.close(done))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url!, this.origin).pathname
    if (request.method === 'GET') {
      if (/prerender/.test(String(request.headers['sec-purpose']))) this.prerendered = true
      const html = pageHtml(path, this)
      response.setHeader('cache-control', path.endsWith('.js') ? 'max-age=3600' : 'private, no-cache')
      response.setHeader(
        'content-type',
        path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
      )
      response.statusCode = html === undefined ? 404 : 200
      response.end(html ?? 'nothing here')
      return
    }
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => this.#take(path, Buffer.concat(chunks), request, response))
    request.on('error', () => {})
  }

  #take(path: string, bytes: Buffer, request: IncomingMessage, response: ServerResponse): void {
    // other trackers' batches are treated like ours
    const kind = path.endsWith('/sessions') ? 'sessions' : 'beat'
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    const treatment = this.treat(kind, count)
    const status = typeof treatment === 'object' ? treatment.status : 204
    const text = bytes.toString()
    const taken = treatment === 'ok' || treatment === 'lost' || status < 300
    const body = this.#parse(path, text)
    this.received.push({
      path: kind,
      url: path,
      at: performance.now(),
      taken: taken && treatment !== 'drop' && treatment !== 'hang',
      text,
      body,
      bytes: bytes.length,
      headers: request.headers,
    })
    if (treatment === 'hang') return
    if (treatment === 'drop' || treatment === 'lost') {
      request.socket.destroy()
      return
    }
    const answer = () => {
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('access-control-expose-headers', 'retry-after')
      if (typeof treatment === 'object' && treatment.retryAfterS)
        response.setHeader('retry-after', treatment.retryAfterS)
      response.statusCode = kind === 'sessions' && status === 204 ? 201 : status
      response.end()
    }
    setTimeout(answer, typeof treatment === 'object' ? (treatment.delayMs ?? 0) : 0)
  }

  #parse(path: string, text: string): unknown {
    try {
      const body: unknown = JSON.parse(text)
      const kind = path.split('/').at(-1)!
      const schema = { beat: BatchSchema, sessions: SessionStartSchema }[kind]
      const checked = schema?.safeParse(body)
      if (checked && !checked.success) this.invalid.push(`${kind}: ${checked.error.message}`)
      return body
    } catch {
      return text
    }
  }

  get batches(): Batch[] {
    return this.received.filter(one => one.url.endsWith('/beat') && one.taken).map(one => one.body as Batch)
  }

  get starts(): SessionStart[] {
    return this.received.filter(one => one.path === 'sessions').map(one => one.body as SessionStart)
  }

  /** Views by id, folded as the store folds them. */
  get views(): Map<string, Batch['views'][number] & { session: string }> {
    const views = new Map<string, Batch['views'][number] & { session: string }>()
    for (const batch of this.batches)
      for (const view of batch.views) {
        const known = views.get(view.id)
        const parts = { ...known?.parts }
        for (const [part, ms] of Object.entries(view.parts)) parts[part] = Math.max(parts[part] ?? 0, ms)
        views.set(view.id, {
          ...view,
          session: batch.session,
          active_ms: Math.max(view.active_ms, known?.active_ms ?? 0),
          scroll: Math.max(view.scroll, known?.scroll ?? 0),
          parts,
        })
      }
    return views
  }

  /** Events by id, with the moment by which the collector would date them. */
  get events(): Map<string, Batch['events'][number] & { session: string }> {
    const events = new Map<string, Batch['events'][number] & { session: string }>()
    for (const batch of this.batches)
      for (const event of batch.events) events.set(event.id, { ...event, session: batch.session })
    return events
  }

  /** The sessions that anything was heard of. */
  get sessions(): Set<string> {
    return new Set([...this.batches.map(batch => batch.session), ...this.starts.map(start => start.id!)])
  }

  /** Milliseconds credited, over all sessions. */
  get credited(): number {
    return [...this.views.values()].reduce((sum, view) => sum + view.active_ms, 0)
  }

  async close(): Promise<void> {
    await this.vanish().catch(() => {})
  }
}
