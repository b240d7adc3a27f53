import type { OpenAPIHono } from '@hono/zod-openapi'
import { collectRoutes } from '../../src/collect/routes.ts'
import type { Entry } from '../../src/contract/entry.ts'
import type { Ticket } from '../../src/contract/ticket.ts'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import type { Limiters } from '../../src/gate/rate_limit.ts'
import { sealTicket } from '../../src/gate/ticket.ts'
import type { Queue } from '../../src/queue/queue.ts'

export const SECRET = 'a secret of at least thirty-two characters'
export const SLUG = 'acme-x1y2'
export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

export const ids = {
  campaign: '01890000-0000-7000-8000-00000000000c',
  link: '01890000-0000-7000-8000-00000000000a',
  open: '01890000-0000-7000-8000-00000000000b',
  session: '01890000-0000-7000-8000-000000000001',
  view: '01890000-0000-7000-8000-000000000002',
  event: '01890000-0000-7000-8000-000000000003',
}

export const TICKET: Ticket = {
  campaign_id: ids.campaign,
  link_id: ids.link,
  open_id: ids.open,
  served_at: 1_700_000_000_000,
  window_ms: 1_800_000,
  flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
  origins: [],
}

export function ticket(changes: Partial<Ticket> = {}, slug = SLUG): string {
  return sealTicket({ ...TICKET, ...changes }, slug, SECRET)
}

export function batch(changes: Record<string, unknown> = {}) {
  return {
    v: 1,
    ticket: ticket(),
    session: ids.session,
    state: 'reading',
    input: true,
    automated: false,
    views: [
      { id: ids.view, page: 'summary', active_ms: 12_000, scroll: 80, parts: { 'shop-relaunch': 4_000 } },
    ],
    events: [
      {
        id: ids.event,
        type: 'external_link',
        view: ids.view,
        ago_ms: 500,
        label: 'Shop',
        target: 'https://shop.example/',
      },
    ],
    ...changes,
  }
}

export function start(changes: Record<string, unknown> = {}) {
  return { v: 1, ticket: ticket(), id: ids.session, page: 'summary', ...changes }
}

/** A queue in memory whose failures a test can choose. */
export class FakeQueue implements Queue {
  readonly entries: Entry[] = []
  waiting = 0
  onPush: () => Promise<void> = async () => {}

  async push(entries: Entry[]) {
    await this.onPush()
    this.entries.push(...entries)
  }
  async pull() {
    return []
  }
  async ack() {}
  async depth() {
    return this.waiting
  }
  async waitsMs() {
    return 0
  }
  async close() {}
}

export interface Door {
  api: OpenAPIHono
  queue: FakeQueue
  send(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

/** The collect routes behind a queue in memory. */
export function door(options: { baseUrl?: string; limiters?: Limiters; queueMax?: number } = {}): Door {
  const queue = new FakeQueue()
  const gate = createGate({
    secrets: [SECRET],
    trustedProxies: [],
    limiters: options.limiters ?? memoryLimiters(1_000),
  })
  const api = collectRoutes({
    gate,
    queue,
    baseUrl: options.baseUrl ?? 'https://pitch.example',
    queueMax: options.queueMax ?? 1_000_000,
  })
  return {
    api,
    queue,
    async send(path, body, headers = {}) {
      return api.request(`/p/${SLUG}/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain', 'User-Agent': CHROME, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    },
  }
}
