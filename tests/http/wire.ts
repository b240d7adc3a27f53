import { expect } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { firstOwner, logInTo, type Owner } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'
import { type OpenApi, openApiChecker } from './openapi.ts'
import { OUTSIDE } from './outside.ts'
import { type Part, partOf } from './parts.ts'

export const SERVICE_KEY = 'a-service-key-of-more-than-32-characters'
/** A reader's browser: what `fetch` calls itself would count as a program. */
export const READER = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
}

export interface How {
  /** fills the `{name}`s of the path, before those of the fixture */
  at?: Record<string, string>
  /** without the question mark */
  query?: string
  as?: 'owner' | 'service' | 'nobody'
  /** a string is sent as it is, fields as a form, anything else as JSON */
  body?: unknown
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: its schema was checked; what a test asks for is what it then looks at
  json: any
}

/** A row of a table of requests: what it does, which route, what it answers. */
export type Row = [does: string, route: string, status: number, how?: () => How]

/** Plain HTTP against a started server. Every answer is held against the OpenAPI document that the same server gives out. */
export interface Wire {
  pitchbeat: Pitchbeat
  owner: Owner
  document: OpenApi
  /** a published campaign and its labelled link, under the names that paths have for them */
  at: Record<string, string>
  /**
   * Sends a request and checks status, content type and body of the answer.
   * @param route method and path as the document has it: `GET /p/{slug}`
   */
  ask(route: string, status: number, how?: How): Promise<Answer>
  /** Begins a session of a reader at a link, as the tracker does, and saves it. */
  read(batch?: object): Promise<string>
  batch(more?: object): Record<string, unknown>
  /** Saves what waits; here nobody else does. */
  drain(): Promise<Answer>
  /** Every successful answer, `GET /p/{slug} 200`, that the document names for this part and nobody got. */
  unseen(): string[]
  stop(): Promise<void>
}

export async function startWire(part: Part, env: Record<string, string> = {}): Promise<Wire> {
  const pitchbeat = await startPitchbeat({
    args: ['--role', 'web'],
    env: { SERVICE_KEY, LIMIT_FACTOR: '100', ...env },
  })
  const document = withOutside(await (await fetch(`${pitchbeat.url}/openapi.json`)).json())
  const check = openApiChecker(document)
  const at: Record<string, string> = {}
  let cookie = ''
  const seen = new Set<string>()

  const ask: Wire['ask'] = async (route, status, how = {}) => {
    const [method, template] = route.split(' ') as [string, string]
    const path = template.replace(/\{(\w+)\}/g, (_, name) => how.at?.[name] ?? at[name] ?? name)
    const answer = await fetch(`${pitchbeat.url}${path}${how.query ? `?${how.query}` : ''}`, {
      method,
      redirect: 'manual',
      ...requestOf(how, pitchbeat, cookie),
    })
    const text = await answer.text()
    const type = answer.headers.get('content-type') ?? ''
    expect(answer.status, `${method} ${path}: ${text.slice(0, 500)}`).toBe(status)
    expect(check(method, template, status, type, text), `${method} ${path} ${status}`).toEqual([])
    seen.add(`${route} ${status}`)
    return {
      status,
      headers: answer.headers,
      text,
      json: /json$/.test(type.split(';')[0]!) ? JSON.parse(text) : undefined,
    }
  }

  await ask('POST /api/setup', 201, { body: firstOwner(pitchbeat) })
  const owner = await logInTo(pitchbeat)
  cookie = owner.cookie
  const campaign = await owner.campaign()
  const [link] = await owner.links(campaign.id, ['Acme, recruiter'])
  Object.assign(at, { id: campaign.id, link: link!.id, slug: link!.slug })
  at.ticket = (await ask('GET /p/{slug}/ticket', 200)).json.ticket

  const batch: Wire['batch'] = more => ({
    v: 1,
    ticket: at.ticket,
    session: uuidv7(),
    state: 'reading',
    input: true,
    automated: false,
    views: [{ id: uuidv7(), page: 'summary', active_ms: 0, scroll: 40, parts: {} }],
    events: [],
    ...more,
  })
  const drain = () => ask('POST /internal/drain', 200, { as: 'service', body: {} })

  return {
    pitchbeat,
    owner,
    document,
    at,
    ask,
    batch,
    drain,
    async read(more) {
      const body = batch(more)
      await ask('POST /p/{slug}/beat', 204, { body: JSON.stringify(body), headers: READER })
      const saved = `${pitchbeat.url}/api/campaigns/${at.id}/sessions/${body.session}`
      await until('the session is saved', async () => {
        await drain()
        return (await fetch(saved, { headers: { Cookie: owner.cookie } })).ok
      })
      return String(body.session)
    },
    unseen: () => successes(document, part).filter(one => !seen.has(one)),
    stop: () => pitchbeat.stop(),
  }
}

/** Merged by method: a preflight of a documented path stands outside. */
function withOutside(document: OpenApi): OpenApi {
  const paths = { ...document.paths }
  for (const [path, methods] of Object.entries(OUTSIDE)) paths[path] = { ...methods, ...paths[path] }
  return { ...document, paths }
}

function successes({ paths }: OpenApi, part: Part): string[] {
  return Object.entries(paths)
    .filter(([template]) => partOf(template) === part)
    .flatMap(([template, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) => {
        const good = Object.keys(responses).filter(status => Number(status) < 400)
        // what never succeeds must be asked all the same
        const wanted = good.length > 0 ? good : Object.keys(responses)
        return wanted.map(status => `${method.toUpperCase()} ${template} ${status}`)
      }),
    )
}

function requestOf({ as = 'nobody', body, headers }: How, pitchbeat: Pitchbeat, cookie: string): RequestInit {
  const who = {
    owner: () => ({ Cookie: cookie, Origin: pitchbeat.url }),
    service: () => ({ Authorization: `Bearer ${SERVICE_KEY}` }),
    nobody: () => ({}),
  }[as]()
  if (body === undefined) return { headers: { ...who, ...headers } }
  const form = body instanceof URLSearchParams
  const type = form
    ? 'application/x-www-form-urlencoded'
    : typeof body === 'string'
      ? 'text/plain'
      : 'application/json'
  return {
    headers: { 'Content-Type': type, ...who, ...headers },
    body: typeof body === 'string' || form ? String(body) : JSON.stringify(body),
  }
}
