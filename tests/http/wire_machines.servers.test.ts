import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Row, SERVICE_KEY, startWire, type Wire } from './wire.ts'

/** What load balancers, schedulers, monitoring and programs ask, and what is said at addresses that are none. */

const METRICS_TOKEN = 'a-metrics-token-of-more-than-32-characters'
let wire: Wire
beforeAll(async () => {
  wire = await startWire('machines', { METRICS_TOKEN })
})
afterAll(() => wire?.stop())

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })
const JSON_TYPE = { 'Content-Type': 'application/json' }
const away = { 'X-Forwarded-For': '203.0.113.7' }
const DRAIN = 'POST /internal/drain'

const rows: Row[] = [
  ['is alive', 'GET /health/live', 200],
  ['is ready', 'GET /health/ready', 200],
  ['tells not even this machine without it', 'GET /metrics', 401],
  [
    'tells who has the token',
    'GET /metrics',
    200,
    () => ({ headers: { ...away, ...bearer(METRICS_TOKEN) } }),
  ],
  ['tells nobody else', 'GET /metrics', 401, () => ({ headers: away })],
  ['tells no wrong token', 'GET /metrics', 401, () => ({ headers: { ...away, ...bearer('wrong') } })],
  ['describes itself', 'GET /openapi.json', 200],
  [
    'drains within a budget',
    DRAIN,
    200,
    () => ({ as: 'service', body: { budget_ms: 1_000, max_entries: 10 } }),
  ],
  ['drains without a body', DRAIN, 200, () => ({ as: 'service' })],
  ['refuses a budget of no time', DRAIN, 400, () => ({ as: 'service', body: { budget_ms: 0 } })],
  ['refuses a budget of words', DRAIN, 400, () => ({ as: 'service', headers: JSON_TYPE, body: '{' })],
  ['drains for nobody', DRAIN, 401, () => ({ body: {} })],
  ['drains for no owner', DRAIN, 401, () => ({ as: 'owner', body: {} })],
  [
    'drains for no other key',
    DRAIN,
    401,
    () => ({ headers: bearer(`${SERVICE_KEY.slice(0, -1)}x`), body: {} }),
  ],
]
it.each(rows)('%s: %s, %i', (_, route, status, how) => wire.ask(route, status, how?.()).then(() => {}))

it('a drain says what it did with what waited', async () => {
  await wire.ask('POST /p/{slug}/beat', 204, { body: wire.batch() })
  const { json } = await wire.drain()
  expect(json).toMatchObject({ pulled: 1, duplicate: 0, dropped: {}, dead: 0, remaining: 0 })
  expect(json.stored).toBeGreaterThan(0)
})

it('metrics are Prometheus text with what is ours', async () => {
  const { text } = await wire.ask('GET /metrics', 200, { headers: bearer(METRICS_TOKEN) })
  for (const name of ['requests_total', 'queue_depth', 'worker_lag_seconds', 'worker_blocked', 'opens_lost'])
    expect(text).toMatch(new RegExp(`^pitchbeat_${name}[ {]`, 'm'))
})

it('the document is OpenAPI 3.1 and holds every room', () => {
  expect(wire.document.openapi).toBe('3.1.0')
  for (const path of [
    '/p/{slug}',
    '/p/{slug}/beat',
    '/api/me',
    '/api/campaigns',
    '/api/live',
    '/internal/drain',
  ])
    expect(wire.document.paths).toHaveProperty([path])
})

describe('an address that is none', () => {
  const ask = (method: string, path: string, headers = {}) =>
    fetch(wire.pitchbeat.url + path.replace('{slug}', wire.at.slug!), { method, headers, redirect: 'manual' })

  it.each(['/nothing/here', '/api/nothing', '/p', '/p/{slug}/nothing'])('%s answers 404', async path => {
    const answer = await ask('GET', path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect((await answer.json()).type).toBe('/problems/not_found')
  })

  it('below a link answers a person in words', async () => {
    const answer = await ask('GET', '/p/{slug}/nothing', { Accept: 'text/html' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
  })

  it('by its method answers 405 and which to use, at every path of the document', async () => {
    for (const [template, methods] of Object.entries(wire.document.paths)) {
      if (template.startsWith('/studio') || template.startsWith('/api/auth')) continue
      const path = template.replace(/\{\w+\}/g, 'one')
      const answer = await ask('PURGE', path)
      expect([answer.status, answer.headers.get('content-type')], template).toEqual([
        405,
        'application/problem+json',
      ])
      const allowed = answer.headers.get('allow')!.split(', ')
      expect(allowed, template).toEqual(
        expect.arrayContaining(Object.keys(methods).map(one => one.toUpperCase())),
      )
    }
  })
})

it('every route of this part was asked', () => expect(wire.unseen()).toEqual([]))
