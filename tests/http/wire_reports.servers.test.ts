import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type How, READER, startWire, type Wire } from './wire.ts'

/** What came of it: figures, reports, sessions, opens, who reads now, and the files to take home. */

let wire: Wire
let sid: string
let oid: string
beforeAll(async () => {
  wire = await startWire('reports')
  const view = uuidv7()
  await wire.ask('GET /p/{slug}', 200, { headers: READER })
  const fields = { lead_id: uuidv7(), name: '=Jonna', email: 'jonna@acme.example', message: 'Thursday?' }
  await wire.ask('POST /p/{slug}/contact', 303, { body: new URLSearchParams(fields), headers: READER })
  sid = await wire.read({
    views: [{ id: view, page: 'case_studies', active_ms: 0, scroll: 60, parts: { bolt: 0 } }],
    events: [
      { id: uuidv7(), type: 'external_link', view, ago_ms: 10, label: '=1+1', target: 'https://a.example/' },
    ],
  })
  oid = (await wire.ask(`GET ${CAMPAIGN}/opens`, 200, owner())).json.items[0].id
})
afterAll(() => wire?.stop())

const CAMPAIGN = '/api/campaigns/{id}'
const owner = (more: How = {}) => ({ as: 'owner' as const, ...more })
const REPORTS = [
  'sessions_by_day',
  'reconcile',
  'links',
  'pages',
  'case_studies',
  'funnel',
  'devices',
  'referrers',
  'events',
]
const EXPORTS = ['sessions', 'events', 'leads'].flatMap(what => [`${what}.csv`, `${what}.jsonl`])

describe.each([
  'figures',
  'sessions',
  'opens',
  ...REPORTS.map(name => `reports/${name}`),
  ...EXPORTS.map(name => `export/${name}`),
])('GET /api/campaigns/:id/%s', path => {
  const ask = (status: number, more: How = {}) => wire.ask(`GET ${CAMPAIGN}/${path}`, status, owner(more))

  it('answers the owner, for all time, a range and a link', async () => {
    await ask(200)
    await ask(200, { query: `from=2026-01-01&to=2026-01-31&link=${wire.at.link}` })
  })

  it('refuses a range that is none and knows no other campaign and no stranger', async () => {
    await ask(400, { query: 'from=yesterday' })
    await ask(400, { query: 'from=2026-02-01&to=2026-01-01' })
    await ask(400, { at: { id: 'none' } })
    await ask(404, { at: { id: uuidv7() } })
    await wire.ask(`GET ${CAMPAIGN}/${path}`, 401)
  })
})

it('there is no other report and no other file', async () => {
  for (const path of ['reports/visitors', 'export/visitors.csv', 'export/sessions.xml']) {
    const answer = await fetch(`${wire.pitchbeat.url}/api/campaigns/${wire.at.id}/${path}`, {
      headers: { Cookie: wire.owner.cookie },
    })
    expect([answer.status, answer.headers.get('content-type')], path).toEqual([
      404,
      'application/problem+json',
    ])
    expect((await answer.json()).type).toBe('/problems/not_found')
  }
})

it.each(EXPORTS)('%s is a file with what came', async name => {
  const { text, headers } = await wire.ask(`GET ${CAMPAIGN}/export/${name}`, 200, owner())
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}"`)
  const wanted = { sessions: sid, events: 'external_link', leads: 'jonna@acme.example' }
  expect(text).toContain(wanted[name.split('.')[0] as keyof typeof wanted])
  // a spreadsheet would run what begins with "="
  if (/(events|leads)\.csv/.test(name)) expect(text).toMatch(/'=(1\+1|Jonna)/)
})

describe('a session', () => {
  const at = () => ({ sid })
  const SESSION = `${CAMPAIGN}/sessions/{sid}`

  it('is found by what it counts as', async () => {
    const ids = async (query: string) =>
      (await wire.ask(`GET ${CAMPAIGN}/sessions`, 200, owner({ query }))).json.items.map(
        (one: { id: string }) => one.id,
      )
    expect(await ids('flag=new&verdict=person')).toContain(sid)
    expect(await ids('flag=actual,engaged')).not.toContain(sid)
    await wire.ask(`GET ${CAMPAIGN}/sessions`, 400, owner({ query: 'flag=old' }))
  })

  it('is read page by page', async () => {
    await wire.read()
    const first = await wire.ask(`GET ${CAMPAIGN}/sessions`, 200, owner({ query: 'limit=1' }))
    const query = `limit=1&cursor=${first.json.next}`
    const second = await wire.ask(`GET ${CAMPAIGN}/sessions`, 200, owner({ query }))
    expect(second.json.items[0].id).not.toBe(first.json.items[0].id)
    await wire.ask(`GET ${CAMPAIGN}/sessions`, 400, owner({ query: 'cursor=nonsense' }))
  })

  it('tells its story', async () => {
    const { json } = await wire.ask(`GET ${SESSION}`, 200, owner({ at: at() }))
    const steps = json.story.map((step: { what: string }) => step.what)
    expect(steps[0]).toBe('opened')
    expect(steps).toEqual(expect.arrayContaining(['view', 'event']))
    await wire.ask(`GET ${SESSION}`, 404, owner({ at: { sid: uuidv7() } }))
    await wire.ask(`GET ${SESSION}`, 400, owner({ at: { sid: 'none' } }))
    await wire.ask(`GET ${SESSION}`, 401, { at: at() })
  })

  it('counts as the owner says, until the word is taken back', async () => {
    const say = (status: number, body: unknown, more = at()) =>
      wire.ask(`PUT ${SESSION}/verdict`, status, owner({ at: more, body }))
    expect((await say(200, { verdict: 'bot' })).json).toMatchObject({ verdict: 'bot', reason: 'overruled' })
    expect((await say(200, { verdict: null })).json).toMatchObject({ verdict: 'person', reason: 'person' })
    await say(200, { verdict: 'owner' })
    const JSON_NULL = { body: 'null', headers: { 'Content-Type': 'application/json' } }
    const back = await wire.ask(`PUT ${SESSION}/verdict`, 200, owner({ at: at(), ...JSON_NULL }))
    expect(back.json.verdict).toBe('person')
    await say(400, { verdict: 'ghost' })
    await say(404, { verdict: 'bot' }, { sid: uuidv7() })
    await wire.ask(`PUT ${SESSION}/verdict`, 415, owner({ at: at(), body: 'verdict=bot' }))
    await wire.ask(`PUT ${SESSION}/verdict`, 401, { at: at(), body: { verdict: 'bot' } })
  })

  it('is erased, and what comes late for it stays out', async () => {
    const session = await wire.read()
    await wire.ask(`DELETE ${SESSION}`, 401, { at: { sid: session } })
    await wire.ask(`DELETE ${SESSION}`, 204, owner({ at: { sid: session } }))
    await wire.ask(`DELETE ${SESSION}`, 404, owner({ at: { sid: session } }))
    await wire.ask('POST /p/{slug}/beat', 204, { body: wire.batch({ session }), headers: READER })
    expect((await wire.drain()).json.dropped).toHaveProperty('erased')
    await wire.ask(`GET ${SESSION}`, 404, owner({ at: { sid: session } }))
  })
})

it('an open counts as the owner says', async () => {
  const say = (status: number, body: unknown, at = { oid }) =>
    wire.ask(`PUT ${CAMPAIGN}/opens/{oid}/verdict`, status, owner({ at, body }))
  expect((await say(200, { verdict: 'bot' })).json).toMatchObject({ verdict: 'bot', reason: 'overruled' })
  expect((await say(200, { verdict: null })).json.reason).not.toBe('overruled')
  await say(400, { verdict: 'ghost' })
  await say(404, { verdict: 'bot' }, { oid: uuidv7() })
  await wire.ask(`PUT ${CAMPAIGN}/opens/{oid}/verdict`, 401, { at: { oid }, body: { verdict: 'bot' } })
})

it('who reads now is said once, and 304 until somebody is heard again', async () => {
  const live = (status: number, headers = {}) => wire.ask('GET /api/live', status, owner({ headers }))
  const first = await live(200)
  const known = { 'If-None-Match': first.headers.get('etag')! }
  await live(304, known)
  await wire.read()
  const heard = await live(200, known)
  expect(heard.headers.get('etag')).not.toBe(first.headers.get('etag'))
  await wire.ask('GET /api/live', 401)
})

it('every route of this part was asked', () => expect(wire.unseen()).toEqual([]))
