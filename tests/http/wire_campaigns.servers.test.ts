import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { samplePages } from '../servers/owner.ts'
import { type How, type Row, startWire, type Wire } from './wire.ts'

/** What the owner edits: projects, campaigns, drafts, links, and the messages that came in. */

let wire: Wire
beforeAll(async () => {
  wire = await startWire('campaigns')
  const { json } = await wire.ask('GET /api/projects', 200, { as: 'owner' })
  wire.at.project = json.items[0].id
})
afterAll(() => wire?.stop())

const owner = (more: How = {}) => ({ as: 'owner' as const, ...more })
const project = (more: How = {}) => owner({ at: { id: wire.at.project! }, ...more })
const CAMPAIGN = '/api/campaigns/{id}'

const rows: Row[] = [
  ['lists projects', 'GET /api/projects', 200, owner],
  ['refuses a cursor that is none', 'GET /api/projects', 400, () => owner({ query: 'cursor=nonsense' })],
  ['renames', 'PATCH /api/projects/{id}', 200, () => project({ body: { name: 'Pitches' } })],
  [
    'refuses a wrong origin',
    'PATCH /api/projects/{id}',
    400,
    () => project({ body: { allowed_origins: ['x'] } }),
  ],
  ['keeps a project with campaigns', 'DELETE /api/projects/{id}', 409, project],
  ['lists campaigns with their figures', 'GET /api/campaigns', 200, owner],
  [
    'lists those of a range',
    'GET /api/campaigns',
    200,
    () => owner({ query: 'from=2026-01-01&to=2026-01-31' }),
  ],
  [
    'refuses a range that ends before it begins',
    'GET /api/campaigns',
    400,
    () => owner({ query: 'from=2026-02-01&to=2026-01-01' }),
  ],
  [
    'refuses a project of nobody',
    'POST /api/campaigns',
    404,
    () => owner({ body: { project_id: uuidv7(), title: 'x' } }),
  ],
  [
    'refuses one without a title',
    'POST /api/campaigns',
    400,
    () => owner({ body: { project_id: wire.at.project } }),
  ],
  ['shows', `GET ${CAMPAIGN}`, 200, owner],
  ['renames', `PATCH ${CAMPAIGN}`, 200, () => owner({ body: { title: 'Acme, lead designer' } })],
  ['refuses a language that is none', `PATCH ${CAMPAIGN}`, 400, () => owner({ body: { language: '!' } })],
  ['publishes', `POST ${CAMPAIGN}/publish`, 200, owner],
  ['lists', `GET ${CAMPAIGN}/history`, 200, owner],
  [
    'refuses a cursor that is none',
    `GET ${CAMPAIGN}/history`,
    400,
    () => owner({ query: 'cursor=nonsense' }),
  ],
  ['lists', `GET ${CAMPAIGN}/links`, 200, owner],
  [
    'sorts and searches',
    `GET ${CAMPAIGN}/links`,
    200,
    () => owner({ query: 'sort=last_read&order=desc&q=acme&on=true&shows_title=false&from=2026-01-01' }),
  ],
  ['knows no such order', `GET ${CAMPAIGN}/links`, 400, () => owner({ query: 'sort=colour' })],
  ['sorts', 'GET /api/campaigns', 200, () => owner({ query: 'sort=recent&order=desc&q=acme' })],
  ['lists those of all campaigns', 'GET /api/leads', 200, () => owner({ query: 'status=new,answered' })],
  ['refuses a cursor that is none', 'GET /api/leads', 400, () => owner({ query: 'cursor=nonsense' })],
  [
    'refuses too many labels',
    `POST ${CAMPAIGN}/links`,
    400,
    () => owner({ body: { labels: Array(201).fill('x') } }),
  ],
  ['refuses a slug with a space', `POST ${CAMPAIGN}/links`, 400, () => owner({ body: { slug: 'a b' } })],
  ['notes', `PATCH ${CAMPAIGN}/links/{link}`, 200, () => owner({ body: { note: 'met at the fair' } })],
  ['moves', `POST ${CAMPAIGN}/links/{link}/address`, 200, () => owner({ body: {} })],
  [
    'refuses an address with a space',
    `POST ${CAMPAIGN}/links/{link}/address`,
    400,
    () => owner({ body: { slug: 'a b' } }),
  ],
  ['moves those that show the title', `POST ${CAMPAIGN}/hide-title`, 200, owner],
  ['draws', `GET ${CAMPAIGN}/links/{link}/qr.svg`, 200, owner],
  ['lists', `GET ${CAMPAIGN}/leads`, 200, owner],
  ...['summary', 'case_studies', 'contact', 'privacy'].map(
    (page): Row => [
      `shows ${page} of the draft`,
      `GET ${CAMPAIGN}/preview/{page}`,
      200,
      () => owner({ at: { page } }),
    ],
  ),
  ['has no other page', `GET ${CAMPAIGN}/preview/{page}`, 404, () => owner({ at: { page: 'about' } })],
  [
    'shows no draft to a stranger',
    `GET ${CAMPAIGN}/preview/{page}`,
    401,
    () => ({ at: { page: 'summary' } }),
  ],
]
it.each(rows)('%s: %s, %i', (_, route, status, how) => wire.ask(route, status, how?.()).then(() => {}))

const BODIES: Record<string, unknown> = { [`PUT ${CAMPAIGN}/draft`]: samplePages() }
const withId = [
  'PATCH /api/projects/{id}',
  'DELETE /api/projects/{id}',
  `GET ${CAMPAIGN}`,
  `PATCH ${CAMPAIGN}`,
  `DELETE ${CAMPAIGN}`,
  `POST ${CAMPAIGN}/duplicate`,
  `PUT ${CAMPAIGN}/draft`,
  `POST ${CAMPAIGN}/publish`,
  `GET ${CAMPAIGN}/history`,
  `GET ${CAMPAIGN}/history/{entry}`,
  `GET ${CAMPAIGN}/links`,
  `POST ${CAMPAIGN}/links`,
  `PATCH ${CAMPAIGN}/links/{link}`,
  `GET ${CAMPAIGN}/links/{link}/qr.svg`,
  `POST ${CAMPAIGN}/links/{link}/address`,
  `POST ${CAMPAIGN}/hide-title`,
  `GET ${CAMPAIGN}/leads`,
  `PATCH ${CAMPAIGN}/leads/{lead}`,
  `DELETE ${CAMPAIGN}/leads/{lead}`,
]
it.each(withId)('%s knows no other id', async route => {
  const body = route.startsWith('GET') ? undefined : (BODIES[route] ?? {})
  const at = { id: uuidv7(), lead: uuidv7(), entry: uuidv7() }
  await wire.ask(route, 404, owner({ at, body }))
  await wire.ask(route, 401, { at, body })
  await wire.ask(route, 400, owner({ at: { ...at, id: 'none' }, body }))
})

it('a project is made, and deleted while it holds nothing', async () => {
  const body = { name: 'Freelance', time_zone: 'Europe/Vienna' }
  const { json } = await wire.ask('POST /api/projects', 201, owner({ body }))
  expect(json).toMatchObject({ ...body, allowed_origins: [], retention_days: 760 })
  await wire.ask('DELETE /api/projects/{id}', 204, owner({ at: { id: json.id } }))
  await wire.ask('DELETE /api/projects/{id}', 404, owner({ at: { id: json.id } }))
})

describe('a draft', () => {
  const save = (status: number, version?: number) =>
    wire.ask(
      `PUT ${CAMPAIGN}/draft`,
      status,
      owner({ body: samplePages(), headers: version === undefined ? {} : { 'If-Match': `"${version}"` } }),
    )

  it('is saved over the version that was read, and over no other', async () => {
    const { json, headers } = await wire.ask(`GET ${CAMPAIGN}`, 200, owner())
    expect(headers.get('etag')).toBe(`"${json.draft_version}"`)
    const saved = await save(200, json.draft_version)
    expect(saved.json.draft_version).toBe(json.draft_version + 1)
    expect(saved.headers.get('etag')).toBe(`"${json.draft_version + 1}"`)
    await save(412, json.draft_version)
    await save(412)
  })

  it('that was published is in the history, and is brought back by saving its pages', async () => {
    await wire.ask(`POST ${CAMPAIGN}/publish`, 200, owner())
    const { json } = await wire.ask(`GET ${CAMPAIGN}/history`, 200, owner({ query: 'limit=1' }))
    expect(json.items).toMatchObject([{ kind: 'publication' }])
    const entry = json.items[0].id as string
    const kept = await wire.ask(`GET ${CAMPAIGN}/history/{entry}`, 200, owner({ at: { entry } }))
    const { draft_version } = (await wire.ask(`GET ${CAMPAIGN}`, 200, owner())).json
    expect(kept.json).toEqual({ ...json.items[0], draft_version, pages: samplePages() })
    const headers = { 'If-Match': `"${draft_version}"` }
    await wire.ask(`PUT ${CAMPAIGN}/draft`, 200, owner({ body: kept.json.pages, headers }))
    await wire.ask(`GET ${CAMPAIGN}/history/{entry}`, 404, owner({ at: { entry: uuidv7() } }))
  })

  it('that is the finished sample is marked as one and can be removed', async () => {
    const body = { project_id: wire.at.project }
    const { json } = await wire.ask('POST /api/campaigns/sample', 201, owner({ body }))
    expect(json).toMatchObject({ sample: true })
    const at = { id: json.id }
    await wire.ask('DELETE /api/campaigns/{id}', 204, owner({ at, body: { confirm: json.title } }))
  })

  it('that lacks what a reader must learn is not published', async () => {
    const body = { project_id: wire.at.project, title: 'Empty' }
    const { json } = await wire.ask('POST /api/campaigns', 201, owner({ body }))
    const refused = await wire.ask(`POST ${CAMPAIGN}/publish`, 422, owner({ at: { id: json.id } }))
    expect(refused.json.errors.map((one: { pointer: string }) => one.pointer)).toEqual([
      '/summary/name',
      '/summary/sentence',
    ])
  })

  it('shown in the studio carries no tracker and is counted nowhere', async () => {
    const { text, headers } = await wire.ask(
      `GET ${CAMPAIGN}/preview/{page}`,
      200,
      owner({ at: { page: 'summary' } }),
    )
    expect(text).not.toContain('data-ticket')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
    expect((await wire.drain()).json.pulled).toBe(0)
  })
})

describe('links', () => {
  const make = (status: number, body: object) => wire.ask(`POST ${CAMPAIGN}/links`, status, owner({ body }))

  it('are made for a list of labels', async () => {
    const labels = ['Acme, founder', 'Acme, people team']
    const { json } = await make(201, { labels })
    expect(json.items.map((link: { label: string }) => link.label)).toEqual(labels)
  })

  it('one by one, with an address that nobody has yet', async () => {
    const { json } = await make(201, { label: 'Acme, board', slug: 'acme-board' })
    expect(json).toMatchObject({ label: 'Acme, board', url: `${wire.pitchbeat.url}/p/acme-board` })
    const taken = await make(409, { label: 'x', slug: 'acme-board' })
    expect(taken.json.type).toBe('/problems/conflict')
  })

  it('are switched off and on again', async () => {
    const { json } = await make(201, { label: 'Acme, off' })
    const change = (off: boolean) =>
      wire.ask(`PATCH ${CAMPAIGN}/links/{link}`, 200, owner({ at: { link: json.id }, body: { off } }))
    expect((await change(true)).json.off_at).not.toBeNull()
    await wire.ask('GET /p/{slug}', 410, { at: { slug: json.slug } })
    expect((await change(false)).json.off_at).toBeNull()
    await wire.ask('GET /p/{slug}', 200, { at: { slug: json.slug } })
  })
})

it('a message is answered, and deleted', async () => {
  const fields = { lead_id: uuidv7(), name: 'Jonna', email: 'jonna@acme.example', message: 'Thursday?' }
  await wire.ask('POST /p/{slug}/contact', 303, { body: new URLSearchParams(fields) })
  const { json } = await wire.ask(`GET ${CAMPAIGN}/leads`, 200, owner())
  expect(json.items).toMatchObject([{ message: 'Thursday?', status: 'new', link_label: 'Acme, recruiter' }])
  const at = { lead: json.items[0].id }
  const change = (status: number, body: object) =>
    wire.ask(`PATCH ${CAMPAIGN}/leads/{lead}`, status, owner({ at, body }))
  expect((await change(200, { status: 'answered' })).json.status).toBe('answered')
  await change(400, { status: 'read' })
  await wire.ask(`DELETE ${CAMPAIGN}/leads/{lead}`, 204, owner({ at }))
  await wire.ask(`DELETE ${CAMPAIGN}/leads/{lead}`, 404, owner({ at }))
})

it('a campaign is copied, and deleted with its title alone; its pages are gone then', async () => {
  const { json: copy } = await wire.ask(`POST ${CAMPAIGN}/duplicate`, 201, owner())
  expect(copy).toMatchObject({
    published_at: null,
    published: null,
    title: expect.stringMatching(/ \(copy\)$/),
  })
  const at = { id: copy.id as string }
  await wire.ask(`POST ${CAMPAIGN}/publish`, 200, owner({ at }))
  const [link] = (await wire.ask(`GET ${CAMPAIGN}/links`, 200, owner({ at }))).json.items
  await wire.ask('GET /p/{slug}', 200, { at: { slug: link.slug } })
  const remove = (status: number, body: object) => wire.ask(`DELETE ${CAMPAIGN}`, status, owner({ at, body }))
  await remove(422, {})
  await remove(422, { confirm: 'no' })
  await remove(204, { confirm: copy.title })
  await remove(404, { confirm: copy.title })
  await wire.ask(`GET ${CAMPAIGN}`, 404, owner({ at }))
  for (const page of ['', '/case-studies', '/contact'])
    await wire.ask(`GET /p/{slug}${page}`, 410, { at: { slug: link.slug } })
})

it('every route of this part was asked', () => expect(wire.unseen()).toEqual([]))
