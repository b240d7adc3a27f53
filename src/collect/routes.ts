import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Entry } from '../contract/entry.ts'
import { fitsBatch } from '../contract/fits.ts'
import type { Ticket } from '../contract/ticket.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { Batch, SessionStart } from '../contract/wire.ts'
import { newApi } from '../gate/api.ts'
import type { Gate } from '../gate/gate.ts'
import { problem, Refusal } from '../gate/problem.ts'
import { secureCookies } from '../gate/secure_cookies.ts'
import { visitor } from '../gate/visitor.ts'
import type { Queue } from '../queue/queue.ts'
import { watchBacklog } from './backlog.ts'
import { firstLanguage } from './first_language.ts'
import { HEADERS, PREFLIGHT } from './headers.ts'
import { describeCollect } from './openapi.ts'
import { publish, unavailable } from './publish.ts'
import { readRequest } from './read_request.ts'
import { expiresAt, sessionCookie } from './session_cookie.ts'
import { type Wishes, wishesOf } from './wishes.ts'

/**
 * What the browser tells us: `POST /p/:slug/sessions` and `/p/:slug/beat`. A 2xx means durable, with one exception that
 * has nothing to keep: a reader who opted out.
 * @param parts.queueMax entries waiting past which both routes answer 503
 * @param parts.baseUrl public address, which decides whether cookies are `Secure`
 * @param parts.answered hears the status of every answer, for the metrics
 */
export function collectRoutes(parts: {
  gate: Gate
  queue: Queue
  baseUrl: string
  queueMax: number
  answered?: (status: number) => void
}): OpenAPIHono {
  const { gate, queue, answered = () => {} } = parts
  const secure = secureCookies(parts.baseUrl)
  const backlog = watchBacklog(queue, parts.queueMax)

  /** What both routes do before they read: limit, then the backlog. Answers the milliseconds that took. */
  async function admit(c: Context): Promise<number> {
    const asked = performance.now()
    await gate.pass('collect', c)
    if (backlog.full()) throw unavailable('Too much is waiting to be saved.')
    return performance.now() - asked
  }

  async function startSession(c: Context): Promise<Response> {
    const waitedMs = await admit(c)
    const { body, ticket } = await readRequest(c, SessionStart, gate)
    const now = Date.now()
    const wishes = wishesOf(c.req.raw.headers)
    const { v, ticket: _, ...kept } = body
    const id = body.id ?? uuidv7(now)
    const ends = expiresAt(id, ticket, now)
    if (!wishes.out) {
      const entry: Entry = {
        kind: 'session',
        ...stamp(c, ticket, wishes, now),
        body: { language: firstLanguage(c.req.raw.headers), ...kept, id },
      }
      await publish(queue, entry, waitedMs)
    }
    const headers: Record<string, string> = { ...HEADERS, 'Content-Type': 'application/json' }
    if (!wishes.out && !wishes.private)
      headers['Set-Cookie'] = sessionCookie(c.req.param('slug')!, id, ticket.flags.hosted, ends - now, secure)
    return c.body(JSON.stringify({ id, expires_at: new Date(ends).toISOString() }), 201, headers)
  }

  async function takeBatch(c: Context): Promise<Response> {
    const waitedMs = await admit(c)
    const { body, ticket } = await readRequest(c, Batch, gate, fitsBatch)
    const wishes = wishesOf(c.req.raw.headers)
    if (!wishes.out) {
      const { session, state, input, automated, views, events } = body
      const entry: Entry = {
        kind: 'batch',
        ...stamp(c, ticket, wishes, Date.now()),
        body: { session, state, input, automated, views, events },
      }
      await publish(queue, entry, waitedMs)
    }
    return new Response(null, { status: 204, headers: HEADERS })
  }

  /** A refusal must be readable from another origin too; anything else that was thrown is http's to answer. */
  async function answer(c: Context, route: (c: Context) => Promise<Response>): Promise<Response> {
    try {
      const response = await route(c)
      answered(response.status)
      return response
    } catch (error) {
      for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
      const refusal = error instanceof Refusal ? problem(c, error) : null
      answered(refusal?.status ?? 500)
      if (!refusal) throw error
      return refusal
    }
  }

  const api = newApi()
  api.post('/p/:slug/sessions', c => answer(c, startSession))
  api.post('/p/:slug/beat', c => answer(c, takeBatch))
  for (const path of ['/p/:slug/sessions', '/p/:slug/beat'])
    api.options(path, () => new Response(null, { status: 204, headers: PREFLIGHT }))
  describeCollect(api)
  return api
}

/** What the server adds to a body: when, whose link, served how, and what kind of visitor. */
function stamp(c: Context, ticket: Ticket, wishes: Wishes, now: number) {
  const ua = visitor(c.req.raw.headers.get('user-agent') ?? undefined, !wishes.private)
  return {
    received_at: now,
    campaign_id: ticket.campaign_id,
    link_id: ticket.link_id,
    open_id: ticket.open_id,
    served_at: ticket.served_at,
    window_ms: ticket.window_ms,
    flags: ticket.flags,
    private: wishes.private,
    ua,
  }
}
