import { pino } from 'pino'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Entry } from '../../src/contract/entry.ts'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import { Refusal } from '../../src/gate/problem.ts'
import { answerError } from '../../src/http/answer_error.ts'
import type { LivePage, PublicPage } from '../../src/pages/public_page.ts'
import { pageRoutes } from '../../src/pages/routes.ts'
import type { Queue } from '../../src/queue/queue.ts'
import type { Database, Identity, Query } from '../../src/store/database.ts'
import { published } from './sample.ts'

export const SECRET = 's'.repeat(32)
export const OWNER = 'owner-1'

export const live: LivePage = {
  campaign_id: '0193a7c2-0000-7000-8000-000000000001',
  link_id: '0193a7c2-0000-7000-8000-000000000002',
  owner_id: OWNER,
  title: 'Halden, design',
  language: 'en',
  indexable: false,
  gone_text: 'I have taken a position.\n\nThank you for <b>the time</b> you gave my work.',
  published,
  allowed_origins: [],
  retention_days: 760,
  lead_retention_days: 90,
  state: 'live',
}

type Asked = { who: Identity; text: string; values: readonly unknown[] }

/** Pages over a database that answers what a test says it holds, and a queue that keeps what is pushed. */
export function site(
  options: {
    links?: Record<string, PublicPage>
    leadsPerMinute?: number
    /** a real store and its queue, in place of what this file pretends */
    database?: Database
    queue?: Queue
  } = {},
) {
  const links = options.links ?? { acme: live }
  const pushed: Entry[] = []
  const asked: Asked[] = []
  const leads: Record<string, unknown>[] = []
  const state = {
    pushed,
    asked,
    leads,
    database: undefined as Error | undefined,
    queue: undefined as Error | undefined,
    login: null as string | null,
  }

  const run = (who: Identity): Query =>
    (async (text: string, values: readonly unknown[] = []) => {
      asked.push({ who, text, values })
      if (text.includes('page_by_slug')) return [links[String(values[0])]].filter(Boolean)
      if (text.includes('save_lead')) {
        const lead = JSON.parse(String(values[0]))
        const same = leads.find(one => one.lead_id === lead.lead_id)
        if (same) return [{ outcome: same.message === lead.message ? 'repeat' : 'conflict' }]
        leads.push(lead)
        return [{ outcome: 'stored' }]
      }
      const { published: _, ...rest } = live
      const own = who.role === 'authenticated' && who.owner_id === OWNER && values[0] === live.campaign_id
      return own ? [{ ...rest, draft: published.pages, slug: 'acme' }] : []
    }) as Query
  const database: Database = {
    as: async (who, work) => {
      if (state.database) throw state.database
      return work(run(who))
    },
    maintain: async () => {},
    close: async () => {},
  }
  const queue = {
    push: async (entries: Entry[]) => {
      if (state.queue) throw state.queue
      pushed.push(...entries)
    },
  } as unknown as Queue
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: 60 })
  const app = pageRoutes({
    gate: createGate({
      secrets: [SECRET],
      trustedProxies: [],
      limiters: {
        ...memoryLimiters(1_000),
        leads: limiter(options.leadsPerMinute ?? 10_000),
      },
    }),
    database: options.database ?? database,
    queue: options.queue ?? queue,
    baseUrl: 'http://localhost:4000',
    window: { kind: 'sliding', ms: 1_800_000, max_ms: 86_400_000, idle_ms: 120_000 },
    tracker: { script: 'console.log("tracker")', hash: 'abc123' },
    ownerOf: async () => state.login,
    asker: async (c, next) => {
      if (!state.login) throw new Refusal('unauthenticated', 'Log in.')
      c.set('owner_id', state.login)
      await next()
    },
  })
  app.onError(answerError(pino({ level: 'silent' })))
  const send = (path: string, init: RequestInit = {}) => app.request(`http://localhost:4000${path}`, init)
  return { app, send, state }
}

export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** A form as a browser posts it. */
export const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields).toString(),
})
