import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CampaignItem, LeadItem, LinkItem, OpenItem, SessionItem } from '../../src/contract/shapes.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { open, reading, save } from './readings.ts'

/** Campaigns, links, leads, sessions and opens: paged to their end, sorted and searched by the server. */

const ODD = [
  '100 %',
  'a_b',
  'a\\b',
  'Ärzte',
  'ärzte 2',
  'Zoë',
  'zoe',
  '',
  '',
  "O'Neil",
  '“quoted”',
  '応募',
  'x'.repeat(200),
  `${'x'.repeat(199)}y`,
  'null',
  '<b>',
  'İstanbul',
  '🙂 smile',
  'مرحبا',
]

let studio: Studio
let mara: Caller & { project: string; id: string }
let jon: Caller & { project: string; id: string }
let id: string
let links: LinkItem[]
const START = Date.now() - 40 * 3_600_000
let more = 0

const lead = (link_id: string, name: string) =>
  studio.store.database.as({ role: 'service_role' }, query =>
    query('select internal.save_lead($1::jsonb)', [
      JSON.stringify({
        campaign_id: id,
        link_id,
        lead_id: uuidv7(),
        name,
        email: 'someone@example.com',
        message: `Hello from ${name}`,
        received_at: START + ++more * 1_000,
        session: null,
      }),
    ]),
  )
const read = (link_id: string, ms: number, referrer = 'news.example') =>
  save(
    studio.store.database,
    reading({
      campaign_id: id,
      link_id,
      at: START + ++more * 60_000,
      pages: ms ? { summary: ms } : {},
      referrer: `https://${referrer}/`,
    }),
  )
const opened = (link_id: string) =>
  save(studio.store.database, [open({ campaign_id: id, link_id, at: START + ++more * 60_000 })])
const campaign = async (title: string) =>
  (await mara.ask('POST', '/api/campaigns', { body: { project_id: mara.project, title } })).body.id as string
const makeLinks = (labels: string[]) => mara.ask('POST', `/api/campaigns/${id}/links`, { body: { labels } })

beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
  jon = await studio.owner('jon@example.com')
  for (const title of ODD.filter(Boolean)) await campaign(title)
  id = await campaign('The one with links')
  await makeLinks([...ODD, ...Array.from({ length: 12 }, (_, n) => `Recipient ${n % 4}`)])
  links = (await mara.get(`/api/campaigns/${id}/links?limit=200`)).items
  for (const [n, link] of links.entries()) {
    if (n % 3 > 0) await read(link.id, (n % 5) * 7_000, n % 2 ? 'news.example' : 'mail.example')
    if (n % 2) await opened(link.id)
    await lead(link.id, ODD[n % ODD.length] || 'Nobody')
  }
})
afterAll(() => studio?.close())

const folded = (text: string) =>
  Buffer.from(
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase(),
  )
const ms = (time: string | null) => (time === null ? 0 : Date.parse(time))

interface List {
  name: string
  path: () => string
  /** what each sort goes by */
  // biome-ignore lint/suspicious/noExplicitAny: each list has items of its own
  sorts: Record<string, (item: any) => number | Buffer>
  /** adds a row while pages are being read */
  insert: () => Promise<unknown>
}
const LISTS: List[] = [
  {
    name: 'campaigns',
    path: () => '/api/campaigns',
    sorts: {
      title: (one: CampaignItem) => folded(one.title),
      last_read: (one: CampaignItem) => ms(one.figures.last_read_at),
      actual: (one: CampaignItem) => one.figures.actual_sessions,
      rate: (one: CampaignItem) => one.figures.engagement_rate ?? -1,
      time: (one: CampaignItem) => one.figures.total_time_ms,
      created: () => 0,
      recent: () => 0,
    },
    insert: () => campaign(`Meanwhile ${++more}`),
  },
  {
    name: 'links',
    path: () => `/api/campaigns/${id}/links`,
    sorts: {
      created: (one: LinkItem) => ms(one.created_at),
      label: (one: LinkItem) => folded(one.label),
      last_read: (one: LinkItem) => ms(one.figures.last_read_at),
      time: (one: LinkItem) => one.figures.total_time_ms,
      opened: (one: LinkItem) => one.figures.actual_sessions + one.figures.new_sessions,
      actual: (one: LinkItem) => one.figures.actual_sessions,
      engaged: (one: LinkItem) => one.figures.engaged_sessions,
    },
    insert: () => makeLinks([`Meanwhile ${++more}`]),
  },
  ...['', 'all '].map(
    (all): List => ({
      name: `${all}leads`,
      path: () => (all ? '/api/leads' : `/api/campaigns/${id}/leads`),
      sorts: { created: (one: LeadItem) => ms(one.created_at), name: (one: LeadItem) => folded(one.name) },
      insert: () => lead(links[0]!.id, `Meanwhile ${++more}`),
    }),
  ),
  {
    name: 'sessions',
    path: () => `/api/campaigns/${id}/sessions`,
    sorts: {
      started: (one: SessionItem) => ms(one.started_at),
      link: (one: SessionItem) => folded(one.link.label),
      time: (one: SessionItem) => one.credited_ms,
    },
    insert: () => read(links[1]!.id, 9_000),
  },
  {
    name: 'opens',
    path: () => `/api/campaigns/${id}/opens`,
    sorts: { at: (one: OpenItem) => ms(one.at), link: (one: OpenItem) => folded(one.link.label) },
    insert: () => opened(links[2]!.id),
  },
]
const CASES = LISTS.flatMap(list =>
  Object.keys(list.sorts).flatMap(sort => ['asc', 'desc'].map(order => ({ ...list, sort, order }))),
)

const compare = (a: number | Buffer, b: number | Buffer) =>
  typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : Buffer.compare(a, b)

async function all(path: string, query: string, meanwhile?: () => Promise<unknown>) {
  const items: Array<{ id: string }> = []
  let cursor: string | null = null
  do {
    const page = await mara.get(`${path}?${query}${cursor ? `&cursor=${cursor}` : ''}`)
    items.push(...page.items)
    cursor = page.next
    if (cursor) await meanwhile?.()
  } while (cursor)
  return items
}

it.each(CASES)(
  '$name by $sort $order: all pages together are the whole set, once and in order, while rows are added',
  async ({ path, sort, order, sorts, insert }) => {
    const query = `sort=${sort}&order=${order}`
    const before = new Set((await all(path(), 'limit=200')).map(one => one.id))
    expect(before.size).toBeGreaterThan(12)
    const seen = await all(path(), `${query}&limit=11`, insert)
    const ids = seen.map(one => one.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...before].filter(one => !ids.includes(one))).toEqual([])
    const keys = seen.map(sorts[sort]!)
    const way = order === 'asc' ? 1 : -1
    for (let n = 1; n < keys.length; n++)
      expect(compare(keys[n]!, keys[n - 1]!) * way).toBeGreaterThanOrEqual(0)
  },
)

describe('a search', () => {
  it.each([
    ['%', ['100 %']],
    ['_', ['a_b']],
    ['\\', ['a\\b']],
    ['ARZTE', ['Ärzte', 'ärzte 2']],
    ['zoe', ['Zoë', 'zoe']],
    ["o'n", ["O'Neil"]],
    ['募', ['応募']],
    ['x'.repeat(200), ['x'.repeat(200)]],
    ['مرحبا', ['مرحبا']],
    ['nowhere at all', []],
  ])('for %s finds what holds it, in campaigns, links, leads, sessions and opens', async (q, labels) => {
    const query = `q=${encodeURIComponent(q)}&limit=200`
    const titles = (await mara.get(`/api/campaigns?${query}`)).items.map((one: CampaignItem) => one.title)
    expect(titles.sort()).toEqual([...labels].sort())
    const at = `/api/campaigns/${id}`
    const found = (await mara.get(`${at}/links?${query}`)).items as LinkItem[]
    expect(found.map(one => one.label).sort()).toEqual([...labels].sort())
    const leads = await mara.get(`/api/leads?${query}`)
    expect(
      leads.items.every((one: LeadItem) => labels.includes(one.name) || labels.includes(one.link_label)),
    ).toBe(true)
    expect(leads.items.length).toBeGreaterThanOrEqual(labels.length)
    for (const list of ['sessions', 'opens']) {
      const { items } = await mara.get(`${at}/${list}?${query}`)
      const ids = new Set(found.map(one => one.id))
      const whole = (await all(`${at}/${list}`, 'limit=200')) as SessionItem[]
      expect(items.map((one: SessionItem) => one.id)).toEqual(
        whole.filter(one => ids.has(one.link.id)).map(one => one.id),
      )
    }
  })

  it('counts what it finds, over all pages', async () => {
    const page = await mara.get(`/api/campaigns/${id}/links?q=recipient&limit=5`)
    expect([page.items.length, page.total]).toEqual([5, 12])
    const rest = await mara.get(`/api/campaigns/${id}/links?q=recipient&limit=5&cursor=${page.next}`)
    expect([rest.items.length, rest.total]).toEqual([5, 12])
  })

  it('finds sessions and opens by where they came from, and a link by its address', async () => {
    const at = `/api/campaigns/${id}`
    const { items } = await mara.get(`${at}/sessions?q=MAIL.ex&limit=200`)
    expect(items.length).toBeGreaterThan(0)
    expect(items.every((one: SessionItem) => one.referrer === 'mail.example')).toBe(true)
    const { slug } = links[3]!
    expect((await mara.get(`${at}/links?q=${slug.slice(2)}`)).items).toMatchObject([{ slug }])
  })
})

describe('a list', () => {
  it('narrows links to one, to those that are on, and to those that show the title', async () => {
    const at = `/api/campaigns/${id}`
    const [, first] = links
    await mara.ask('PATCH', `${at}/links/${first!.id}`, { body: { off: true } })
    const { body: telling } = await mara.ask('POST', `${at}/links`, {
      body: { slug: 'the-links', label: 'Says it' },
    })
    const ids = async (query: string) => (await all(`${at}/links`, `limit=200&${query}`)).map(one => one.id)
    expect(await ids('on=false')).toEqual([first!.id])
    expect(await ids('on=true')).not.toContain(first!.id)
    expect(await ids('shows_title=true')).toEqual([telling.id])
    expect(await ids(`link=${first!.id}`)).toEqual([first!.id])
    await mara.ask('PATCH', `${at}/links/${first!.id}`, { body: { off: false } })
  })

  it('gives each link the figures of the range, as the report of links does', async () => {
    const at = `/api/campaigns/${id}`
    const day = new Date(START + 6 * 3_600_000).toISOString().slice(0, 10)
    for (const range of ['', `&from=${day}&to=${day}`]) {
      const report = (await mara.get(`${at}/reports/links?x=1${range}`)).items
      const items = (await mara.get(`${at}/links?limit=200${range}`)).items as LinkItem[]
      expect(items).toHaveLength(report.length)
      for (const { link_id, label, slug, ...figures } of report) {
        const found = items.find(one => one.id === link_id)!.figures
        const last = figures.last_read_at && new Date(figures.last_read_at).toISOString()
        expect(found).toEqual({ ...figures, last_read_at: last })
      }
    }
  })

  it('narrows messages by where they stand, and opens by whether a session claimed them', async () => {
    const [first] = (await mara.get('/api/leads?limit=1')).items as LeadItem[]
    await mara.ask('PATCH', `/api/campaigns/${id}/leads/${first!.id}`, { body: { status: 'answered' } })
    const total = (query: string) => mara.get(`/api/leads?${query}`).then(page => page.total)
    expect(await total('status=answered')).toBe(1)
    expect((await total('status=new')) + 1).toBe(await total('status=new,answered,archived'))
    expect(first!.campaign).toEqual({ id, title: 'The one with links', project_id: mara.project })
    const claimed = await mara.get(`/api/campaigns/${id}/opens?claimed=true`)
    expect(claimed.items).toEqual([])
  })

  it('has the newest campaign on top of those that were made or read last', async () => {
    const made = await campaign('Made just now')
    expect((await mara.get('/api/campaigns?sort=recent&order=desc&limit=1')).items[0].id).toBe(made)
    await save(
      studio.store.database,
      reading({
        campaign_id: id,
        link_id: links[1]!.id,
        at: Date.now() + 1_000,
        pages: { summary: 11_000 },
      }),
    )
    expect((await mara.get('/api/campaigns?sort=recent&order=desc&limit=1')).items[0].id).toBe(id)
  })

  it.each(LISTS)(
    'of $name refuses a cursor of another list or order, and what is no cursor, by name',
    async ({ path, sorts }) => {
      const [sort] = Object.keys(sorts)
      const { next } = await mara.get(`${path()}?sort=${sort}&order=asc&limit=2`)
      const seal = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      for (const cursor of [
        next,
        'nonsense',
        seal(['1', uuidv7()]),
        seal(['\0', uuidv7(), `${sort} desc`]),
        seal(['1', 'nobody', `${sort} desc`]),
      ]) {
        const answer = await mara.ask('GET', `${path()}?sort=${sort}&order=desc&cursor=${cursor}`)
        expect([answer.status, answer.body.type]).toEqual([400, '/problems/invalid'])
        expect(answer.body.errors[0].pointer).toBe('/cursor')
      }
      for (const query of [
        'sort=nothing',
        'order=up',
        'limit=0',
        'limit=201',
        `q=${'x'.repeat(201)}`,
        'q=%00',
      ])
        expect((await mara.ask('GET', `${path()}?${query}`)).status).toBe(400)
    },
  )

  it('shows nothing to another owner', async () => {
    expect(await jon.get('/api/leads')).toEqual({ items: [], next: null, total: 0 })
    expect(await jon.get('/api/campaigns?sort=recent')).toEqual({ items: [], next: null, total: 0 })
    for (const list of ['links', 'leads', 'sessions', 'opens'])
      expect(
        (await jon.ask('GET', `/api/campaigns/${id}/${list}?sort=${list === 'opens' ? 'at' : ''}`)).status,
      ).not.toBe(200)
    expect((await jon.ask('GET', `/api/campaigns/${id}/links`)).status).toBe(404)
  })
})
