import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { READER, type Row, startWire, type Wire } from './wire.ts'

/** What the tracker sends, and what strangers send in its place. */

let wire: Wire
beforeAll(async () => {
  wire = await startWire('collect')
})
afterAll(() => wire?.stop())

const text = (body: unknown) => ({ body: typeof body === 'string' ? body : JSON.stringify(body) })
const start = (more: object = {}) => ({ v: 1, ticket: wire.at.ticket, page: 'summary', ...more })
const view = (more: object = {}) => ({
  views: [{ id: uuidv7(), page: 'summary', active_ms: 4_000, scroll: 40, parts: {}, ...more }],
})
const withProto = () => JSON.stringify(wire.batch()).replace('"v":1', '"v":1,"__proto__":{"x":1}')
const forged = () => `${wire.at.ticket!.slice(0, -2)}xx`
const deep = `{"v":1,"ticket":"t","a":${'['.repeat(20)}${']'.repeat(20)}}`

const BEAT = 'POST /p/{slug}/beat'
const SESSIONS = 'POST /p/{slug}/sessions'
const taken: Row[] = [
  ['begins a session', SESSIONS, 201, () => text(start({ id: uuidv7() }))],
  ['begins one sent as JSON', SESSIONS, 201, () => ({ body: start({ referrer: 'https://a.example/' }) })],
  ['takes a batch', BEAT, 204, () => text(wire.batch(view()))],
  ['takes one sent as JSON', BEAT, 204, () => ({ body: wire.batch(view()) })],
  ['ignores a field it does not know', BEAT, 204, () => text(wire.batch({ later: true }))],
]
it.each(taken)('%s: %s, %i', async (_, route, status, how) => {
  const { headers } = await wire.ask(route, status, how?.())
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-allow-credentials')).toBeNull()
})

const REFUSED: [what: string, status: number, problem: string, how: () => object][] = [
  ['no JSON', 400, 'invalid', () => text('{"v":1,')],
  ['another version', 400, 'unsupported_version', () => text({ ...wire.batch(), ...start(), v: 2 })],
  ['a forged ticket', 400, 'bad_ticket', () => text({ ...wire.batch(), ...start(), ticket: forged() })],
  ['JSON nested deeper than 16', 400, 'too_deep', () => text(deep)],
  ['a __proto__ key', 400, 'invalid', () => text(withProto())],
  ['more than 64 KiB', 413, 'too_large', () => text('x'.repeat(70_000))],
  [
    'a body of another kind',
    415,
    'unsupported_media_type',
    () => ({ body: '<a/>', headers: { 'Content-Type': 'application/xml' } }),
  ],
]
it.each(REFUSED.flatMap(([what, ...rest]) => [BEAT, SESSIONS].map(route => [route, what, ...rest] as const)))(
  '%s refuses %s: %i %s',
  async (route, _, status, problem, how) => {
    const { json, headers } = await wire.ask(route, status, how())
    expect(json.type).toBe(`/problems/${problem}`)
    expect(headers.get('access-control-expose-headers')).toContain('Retry-After')
  },
)

it.each<[string, string, () => object]>([
  ['/session', 'a session that is no id', () => ({ session: 7 })],
  ['/views/0/active_ms', 'a time below nothing', () => view({ active_ms: -1 })],
  ['/views/0/scroll', 'a scroll past the end', () => view({ scroll: 101 })],
  [
    '/events/0/type',
    'an event that nobody can do',
    () => ({
      events: [{ id: uuidv7(), type: 'link_open', view: uuidv7(), ago_ms: 1 }],
    }),
  ],
])('names %s: %s', async (pointer, _, wrong) => {
  const { json } = await wire.ask(BEAT, 400, text(wire.batch(wrong())))
  expect(json.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
})

it('answers the same id with the same session, and makes one where none is given', async () => {
  const id = uuidv7()
  const body = start({ id })
  const [one, again] = [await wire.ask(SESSIONS, 201, text(body)), await wire.ask(SESSIONS, 201, text(body))]
  expect([one.json.id, again.json.id]).toEqual([id, id])
  const { json } = await wire.ask(SESSIONS, 201, text(start()))
  expect(json.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
})

it('sets the session cookie for the link of a hosted page, and for the whole of an embedding site', async () => {
  const id = uuidv7()
  const { text: page } = await wire.ask('GET /p/{slug}', 200)
  const hosted = /data-ticket="([^"]+)"/.exec(page)![1]
  const cookie = async (ticket?: string) =>
    (await wire.ask(SESSIONS, 201, text(start({ id, ticket })))).headers.get('set-cookie')
  const { slug } = wire.at
  expect(await cookie(hosted)).toBe(`pb_${slug}=${id}; Path=/p/${slug}; Max-Age=1800; SameSite=Lax; Secure`)
  expect(await cookie(wire.at.ticket)).toBe(`pb_${slug}=${id}; Path=/; Max-Age=1800; SameSite=Lax; Secure`)
})

it.each([{ 'Sec-GPC': '1' }, { DNT: '1' }, { Cookie: 'pb_out=1' }] as Record<string, string>[])(
  'sets no cookie for %j',
  async headers => {
    const { headers: answered } = await wire.ask(SESSIONS, 201, { ...text(start()), headers })
    expect(answered.get('set-cookie')).toBeNull()
  },
)

it('a ticket of another link is bad', async () => {
  const [other] = await wire.owner.links(wire.at.id!, ['Acme, somebody else'])
  const { json } = await wire.ask(BEAT, 400, { ...text(wire.batch()), at: { slug: other!.slug } })
  expect(json.type).toBe('/problems/bad_ticket')
})

it('an origin outside the list of the project is refused', async () => {
  const [project] = (await wire.owner.api<{ items: { id: string }[] }>('GET', '/api/projects')).items
  const allow = (allowed_origins: string[]) =>
    wire.owner.api('PATCH', `/api/projects/${project!.id}`, { allowed_origins })
  await allow(['https://mara.example'])
  const { json } = await wire.ask('GET /p/{slug}/ticket', 200)
  await allow([])
  const sent = (Origin: string) => ({ ...text(wire.batch({ ticket: json.ticket })), headers: { Origin } })
  await wire.ask(BEAT, 204, sent('https://mara.example'))
  await wire.ask(BEAT, 403, sent('https://elsewhere.example'))
})

it.each(['OPTIONS /p/{slug}/sessions', 'OPTIONS /p/{slug}/beat'])('%s answers a preflight', async route => {
  const asked = { Origin: 'https://acme.example', 'Access-Control-Request-Method': 'POST' }
  const { headers } = await wire.ask(route, 204, { headers: asked })
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-allow-methods')).toContain('POST')
})

it('NUL and lone surrogates are cleaned and stored', async () => {
  const event = { id: uuidv7(), type: 'cta_click', view: uuidv7(), ago_ms: 10, label: 'MARK' }
  const body = wire.batch({ events: [event] })
  const hostile = JSON.stringify(body).replace('"MARK"', '"be\\u0000fore \\ud800 after"')
  await wire.ask(BEAT, 204, { body: hostile, headers: READER })
  expect((await wire.drain()).json.dead).toBe(0)
  const { json } = await wire.ask('GET /api/campaigns/{id}/sessions/{sid}', 200, {
    at: { sid: String(body.session) },
    as: 'owner',
  })
  expect(json.story.find((one: { what: string }) => one.what === 'event').label).toBe(
    'be\ufffdfore \ufffd after',
  )
})

it('every route of this part was asked', () => expect(wire.unseen()).toEqual([]))
