import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Owner, ownerOf, samplePages } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { type OpenApi, openApiChecker } from './openapi.ts'

/**
 * Plain HTTP against a started server: every route of the wire, its status, its content type, and its body held against
 * the OpenAPI document that the same server gives out.
 */

const SERVICE_KEY = 'a-service-key-of-more-than-32-characters'
let pitchbeat: Pitchbeat
let owner: Owner
let check: ReturnType<typeof openApiChecker>
let document: OpenApi
const at: Record<string, string> = {}

beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true, env: { SERVICE_KEY, LIMIT_FACTOR: '100' } })
  owner = await ownerOf(pitchbeat)
  document = (await (await fetch(`${pitchbeat.url}/openapi.json`)).json()) as OpenApi
  check = openApiChecker(document)
  const campaign = await owner.campaign()
  const [link] = await owner.links(campaign.id, ['Acme, recruiter'])
  const [project] = (await owner.api<{ items: { id: string }[] }>('GET', '/api/projects')).items
  Object.assign(at, { campaign: campaign.id, link: link!.id, slug: link!.slug, project: project!.id })
  at.ticket = (await (await fetch(`${pitchbeat.url}/p/${at.slug}/ticket`)).json()).ticket
})
afterAll(() => pitchbeat?.stop())

interface Asked {
  method?: string
  /** the path as the document has it, `{name}` filled from `at` */
  path: string
  body?: unknown
  type?: string
  as?: 'owner' | 'service' | 'nobody'
  headers?: Record<string, string>
}

async function ask({
  method = 'GET',
  path,
  body,
  type = 'application/json',
  as = 'nobody',
  headers = {},
}: Asked) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => at[name] ?? name)
  const answer = await fetch(pitchbeat.url + filled, {
    method,
    redirect: 'manual',
    headers: {
      ...(as === 'owner' ? { Cookie: owner.cookie, Origin: pitchbeat.url } : {}),
      ...(as === 'service' ? { Authorization: `Bearer ${SERVICE_KEY}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const contentType = answer.headers.get('content-type') ?? ''
  return {
    status: answer.status,
    contentType,
    headers: answer.headers,
    text,
    json: /json/.test(contentType) ? JSON.parse(text) : undefined,
  }
}

const begun = () => ({ v: 1, ticket: at.ticket, id: uuidv7(), page: 'summary' })
const batch = () => ({
  v: 1,
  ticket: at.ticket,
  session: uuidv7(),
  state: 'reading',
  input: true,
  automated: false,
  views: [{ id: uuidv7(), page: 'summary', active_ms: 4_000, scroll: 40, parts: {} }],
  events: [],
})

describe('routes that the OpenAPI document describes', () => {
  const cases: [string, number, () => Asked][] = [
    [
      'begins a session',
      201,
      () => ({ method: 'POST', path: '/p/{slug}/sessions', body: begun(), type: 'text/plain' }),
    ],
    [
      'takes a batch',
      204,
      () => ({ method: 'POST', path: '/p/{slug}/beat', body: batch(), type: 'text/plain' }),
    ],
    [
      'refuses a batch that names no session',
      400,
      () => ({ method: 'POST', path: '/p/{slug}/beat', body: { ...batch(), session: 7 } }),
    ],
    [
      'refuses a batch of another version',
      400,
      () => ({ method: 'POST', path: '/p/{slug}/beat', body: { ...batch(), v: 2 } }),
    ],
    [
      'refuses a body of another kind',
      415,
      () => ({ method: 'POST', path: '/p/{slug}/beat', body: '<a/>', type: 'application/xml' }),
    ],
    [
      'refuses a body over 64 KiB',
      413,
      () => ({ method: 'POST', path: '/p/{slug}/beat', body: 'x'.repeat(70_000), type: 'text/plain' }),
    ],
    ['gives a ticket', 200, () => ({ path: '/p/{slug}/ticket' })],
    ['says whether an owner is needed', 200, () => ({ path: '/api/setup' })],
    [
      'refuses a second set-up',
      409,
      () => ({
        method: 'POST',
        path: '/api/setup',
        body: {
          code: pitchbeat.setupCode,
          name: 'B',
          email: 'b@example.com',
          password: 'long-enough-password',
          time_zone: 'UTC',
        },
      }),
    ],
    ['knows who asks', 200, () => ({ path: '/api/me', as: 'owner' })],
    ['does not know a stranger', 401, () => ({ path: '/api/me' })],
    ['lists projects', 200, () => ({ path: '/api/projects', as: 'owner' })],
    [
      'makes a project',
      201,
      () => ({
        method: 'POST',
        path: '/api/projects',
        body: { name: 'Freelance', time_zone: 'Europe/Vienna' },
        as: 'owner',
      }),
    ],
    ['lists campaigns with their figures', 200, () => ({ path: '/api/campaigns', as: 'owner' })],
    [
      'makes a campaign',
      201,
      () => ({
        method: 'POST',
        path: '/api/campaigns',
        body: { project_id: at.project, title: 'Another', pages: samplePages() },
        as: 'owner',
      }),
    ],
    ['shows a campaign', 200, () => ({ path: '/api/campaigns/{id}', as: 'owner' })],
    [
      'renames a campaign',
      200,
      () => ({
        method: 'PATCH',
        path: '/api/campaigns/{id}',
        body: { title: 'Acme, lead designer' },
        as: 'owner',
      }),
    ],
    [
      'refuses to delete without the title',
      422,
      () => ({ method: 'DELETE', path: '/api/campaigns/{id}', body: { confirm: 'no' }, as: 'owner' }),
    ],
    [
      'publishes a campaign',
      200,
      () => ({ method: 'POST', path: '/api/campaigns/{id}/publish', as: 'owner' }),
    ],
    ['lists links', 200, () => ({ path: '/api/campaigns/{id}/links', as: 'owner' })],
    [
      'refuses a slug that is taken',
      409,
      () => ({
        method: 'POST',
        path: '/api/campaigns/{id}/links',
        body: { label: 'x', slug: at.slug },
        as: 'owner',
      }),
    ],
    [
      'changes a link',
      200,
      () => ({
        method: 'PATCH',
        path: '/api/campaigns/{id}/links/{link}',
        body: { note: 'met at the fair' },
        as: 'owner',
      }),
    ],
    [
      'draws a link as QR code',
      200,
      () => ({ path: '/api/campaigns/{id}/links/{link}/qr.svg', as: 'owner' }),
    ],
    ['gives figures', 200, () => ({ path: '/api/campaigns/{id}/figures', as: 'owner' })],
    [
      'refuses a date that is none',
      400,
      () => ({ path: '/api/campaigns/{id}/figures', headers: {}, as: 'owner' }),
    ],
    ['lists sessions', 200, () => ({ path: '/api/campaigns/{id}/sessions', as: 'owner' })],
    ['lists opens', 200, () => ({ path: '/api/campaigns/{id}/opens', as: 'owner' })],
    ['lists leads', 200, () => ({ path: '/api/campaigns/{id}/leads', as: 'owner' })],
    ['says who reads now', 200, () => ({ path: '/api/live', as: 'owner' })],
    ['lists tokens', 200, () => ({ path: '/api/tokens', as: 'owner' })],
    [
      'makes a token',
      201,
      () => ({ method: 'POST', path: '/api/tokens', body: { name: 'export', scope: 'read' }, as: 'owner' }),
    ],
    [
      'drains for the service key',
      200,
      () => ({ method: 'POST', path: '/internal/drain', body: {}, as: 'service' }),
    ],
    ['drains for nobody else', 401, () => ({ method: 'POST', path: '/internal/drain', body: {} })],
    ['is alive', 200, () => ({ path: '/health/live' })],
    ['is ready', 200, () => ({ path: '/health/ready' })],
  ]
  it.each(cases)('%s: %i', async (name, status, make) => {
    const asked = make()
    const template = asked.path
    at.id = at.campaign!
    const query = name.includes('date') ? '?from=yesterday' : ''
    const answer = await ask({ ...asked, path: asked.path + query })
    expect(answer.status, answer.text.slice(0, 500)).toBe(status)
    if (status >= 400) expect(answer.contentType).toContain('application/problem+json')
    expect(check(asked.method ?? 'GET', template, status, answer.contentType, answer.json)).toEqual([])
  })

  it.each([
    'sessions_by_day',
    'reconcile',
    'links',
    'pages',
    'case_studies',
    'funnel',
    'devices',
    'referrers',
    'events',
  ])('reports %s', async name => {
    const answer = await ask({ path: `/api/campaigns/${at.campaign}/reports/${name}`, as: 'owner' })
    expect(answer.status, answer.text).toBe(200)
    const template =
      Object.keys(document.paths).find(path => path.endsWith(`/reports/${name}`)) ??
      '/api/campaigns/{id}/reports/{name}'
    expect(check('GET', template, 200, answer.contentType, answer.json)).toEqual([])
  })

  it('shows a session with its story', async () => {
    const body = batch()
    expect((await ask({ method: 'POST', path: '/p/{slug}/beat', body, type: 'text/plain' })).status).toBe(204)
    await ask({ method: 'POST', path: '/internal/drain', body: {}, as: 'service' })
    at.id = at.campaign!
    at.sid = body.session
    const answer = await ask({ path: '/api/campaigns/{id}/sessions/{sid}', as: 'owner' })
    expect(answer.status, answer.text).toBe(200)
    expect(check('GET', '/api/campaigns/{id}/sessions/{sid}', 200, answer.contentType, answer.json)).toEqual(
      [],
    )
    expect(answer.json.story.map((step: { what: string }) => step.what)).toContain('view')
  })
})

describe('pages and files', () => {
  const cases: [string, number, string][] = [
    ['/p/{slug}', 200, 'text/html'],
    ['/p/{slug}/case-studies', 200, 'text/html'],
    ['/p/{slug}/contact', 200, 'text/html'],
    ['/p/{slug}/privacy', 200, 'text/html'],
    ['/p/{slug}/pb.js', 200, 'text/javascript'],
    ['/p/no-such-page', 404, 'text/html'],
    ['/p/no-such-page/contact', 404, 'text/html'],
    ['/robots.txt', 200, 'text/plain'],
    ['/.well-known/gpc.json', 200, 'application/json'],
    ['/favicon.ico', 200, 'image/'],
    ['/studio/', 200, 'text/html'],
    ['/studio/campaigns/anything', 200, 'text/html'],
    ['/studio/assets/none.js', 404, 'application/problem+json'],
    ['/nothing/here', 404, 'application/problem+json'],
    ['/openapi.json', 200, 'application/json'],
    ['/metrics', 200, 'text/plain'],
  ]
  it.each(cases)('GET %s: %i %s', async (path, status, type) => {
    const answer = await ask({ path })
    expect(answer.status).toBe(status)
    expect(answer.contentType).toContain(type)
    const head = await fetch(pitchbeat.url + path.replace('{slug}', at.slug!), { method: 'HEAD' })
    expect(head.status).toBe(status)
  })

  it('sends / to the studio', async () => {
    const answer = await ask({ path: '/' })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toMatch(/^\/studio/)
  })

  it.each(['/p/{slug}/beat', '/p/{slug}/sessions', '/api/me', '/internal/drain'])(
    'answers the wrong method at %s with 405 and Allow',
    async path => {
      const answer = await ask({ method: 'PUT', path, body: {} })
      expect(answer.status).toBe(405)
      expect(answer.contentType).toContain('application/problem+json')
      expect(answer.headers.get('allow')).toBeTruthy()
    },
  )

  it('answers a preflight for collect', async () => {
    const answer = await ask({
      method: 'OPTIONS',
      path: '/p/{slug}/beat',
      headers: { Origin: 'https://acme.example', 'Access-Control-Request-Method': 'POST' },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('what a stranger sends', () => {
  const forged = () => ({ ...batch(), ticket: `${at.ticket!.slice(0, -2)}xx` })
  const deep = `{"v":1,"ticket":"t","a":${'['.repeat(20)}${']'.repeat(20)}}`
  it.each<[string, string, () => unknown]>([
    ['a forged ticket', 'bad_ticket', forged],
    ['JSON nested deeper than 16', 'too_deep', () => deep],
    [
      'a __proto__ key',
      'invalid',
      () => JSON.stringify(batch()).replace('"v":1', '"v":1,"__proto__":{"x":1}'),
    ],
    ['no JSON', 'invalid', () => '{"v":1,'],
    [
      'a time below nothing',
      'invalid',
      () => ({ ...batch(), views: [{ id: uuidv7(), page: 'summary', active_ms: -1, scroll: 0, parts: {} }] }),
    ],
  ])('%s is answered 400 %s', async (_, problem, body) => {
    const answer = await ask({ method: 'POST', path: '/p/{slug}/beat', body: body(), type: 'text/plain' })
    expect(answer.status).toBe(400)
    expect(answer.json.type).toBe(`/problems/${problem}`)
  })

  it('a ticket of another link is bad', async () => {
    const links = await owner.links(at.campaign!, ['Acme, somebody else'])
    const answer = await ask({
      method: 'POST',
      path: `/p/${links[0]!.slug}/beat`,
      body: batch(),
      type: 'text/plain',
    })
    expect(answer.status).toBe(400)
    expect(answer.json.type).toBe('/problems/bad_ticket')
  })

  it('NUL and lone surrogates are cleaned and stored', async () => {
    const body = JSON.stringify({
      ...batch(),
      events: [{ id: uuidv7(), type: 'cta_click', view: uuidv7(), ago_ms: 10, label: 'MARK' }],
    })
    const hostile = body.replace('"MARK"', '"be\\u0000fore \\ud800 after"')
    expect(
      (await ask({ method: 'POST', path: '/p/{slug}/beat', body: hostile, type: 'text/plain' })).status,
    ).toBe(204)
    const drained = await ask({ method: 'POST', path: '/internal/drain', body: {}, as: 'service' })
    expect(drained.json.dead).toBe(0)
    expect((await owner.ready()).worker_lag_s).not.toBeNull()
  })
})
