import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Entry } from '../../src/contract/entry.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { pages } from '../campaigns/pages.ts'
import { open, type Reading, reading, save } from './readings.ts'

let studio: Studio
let mara: Caller & { project: string; id: string }
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com', 'Pacific/Auckland')
})
afterAll(() => studio?.close())

/** A published campaign with two labelled links, and what was read of it. */
async function campaign(project = mara.project) {
  const { body } = await mara.ask('POST', '/api/campaigns', {
    body: { project_id: project, title: 'Acme', pages: pages() },
  })
  await mara.ask('POST', `/api/campaigns/${body.id}/publish`)
  await mara.ask('POST', `/api/campaigns/${body.id}/links`, { body: { labels: ['HR', 'Lead'] } })
  const { items } = await mara.get(`/api/campaigns/${body.id}/links`)
  const [plain, hr, lead] = items.map((link: { id: string }) => link.id) as [string, string, string]
  const at = `/api/campaigns/${body.id}`
  return {
    id: body.id as string,
    at,
    plain,
    hr,
    lead,
    read: (link_id: string, given: Omit<Reading, 'campaign_id' | 'link_id'>) =>
      save(studio.store.database, reading({ campaign_id: body.id, link_id, ...given })),
    save: (entries: Entry[]) => save(studio.store.database, entries),
    report: async (name: string, query = '') => (await mara.get(`${at}/reports/${name}${query}`)).items,
    figures: (query = '') => mara.get(`${at}/figures${query}`),
  }
}

const HOUR = 3_600_000
const when = (text: string) => Date.parse(text)

describe('the figures', () => {
  it('count persons: Actual over 10 s, Engaged with an act, the rate between them, all time', async () => {
    const c = await campaign()
    expect((await c.figures()).engagement_rate).toBeNull()
    const at = Date.now() - 5 * HOUR
    await c.read(c.hr, { at, pages: { summary: 3_000 } })
    expect(await c.figures()).toMatchObject({ new_sessions: 1, actual_sessions: 0, engagement_rate: null })
    await c.read(c.hr, { at: at + 1, pages: { summary: 40_000 } })
    expect(await c.figures()).toMatchObject({ actual_sessions: 1, engaged_sessions: 0, engagement_rate: 0 })
    await c.read(c.lead, {
      at: at + 2,
      pages: { summary: 20_000, case_studies: 30_000 },
      acts: [{ type: 'external_link', target: 'https://example.com/bolt' }],
    })
    await c.read(c.lead, { at: at + 3, pages: { summary: 4_000 }, acts: [{ type: 'cta_click' }] })
    await c.read(c.plain, { at: at + 4, pages: { summary: 60_000 }, flags: { owner_login: true } })
    await c.read(c.plain, { at: at + 5, pages: { summary: 60_000 }, ua: { class: 'crawler' } })
    const figures = {
      actual_sessions: 2,
      engaged_sessions: 1,
      new_sessions: 2,
      engagement_rate: 0.5,
      total_time_ms: 97_000,
      last_read_at: new Date(at + 2 + 50_000).toISOString(),
    }
    expect(await c.figures()).toEqual(figures)
    expect((await mara.get(c.at)).figures).toEqual(figures)
    const { items } = await mara.get(`/api/campaigns?project=${mara.project}`)
    const item = items.find((one: { id: string }) => one.id === c.id)
    expect(item.figures).toEqual(figures)
    expect(item.links).toBe(3)
    expect(item.last_read_link).toBe('Lead')
    expect(item.spark).toHaveLength(30)
    expect(item.spark.reduce((sum: number, n: number) => sum + n, 0)).toBe(2)
    expect(item).not.toHaveProperty('draft')
    expect(await c.figures(`?link=${c.hr}`)).toMatchObject({ actual_sessions: 1, total_time_ms: 43_000 })
    const links = await c.report('links')
    expect(links.map((link: { label: string }) => link.label)).toEqual(['Lead', 'HR', ''])
    expect(links[0]).toMatchObject({
      actual_sessions: 1,
      engaged_sessions: 1,
      engagement_rate: 1,
      new_sessions: 1,
    })
    expect(links[2]).toMatchObject({ actual_sessions: 0, engagement_rate: null, last_read_at: null })
  })

  it('begin and end with the days of the project, summer time and the far side of the world included', async () => {
    const c = await campaign()
    // Auckland is 13 hours ahead in January, 12 in July; its clocks went back on 5 April 2026
    const moments = {
      '2026-01-10T10:59:59.000Z': '2026-01-10',
      '2026-01-10T11:00:00.000Z': '2026-01-11',
      '2026-07-10T11:59:59.999Z': '2026-07-10',
      '2026-07-10T12:00:00.000Z': '2026-07-11',
      '2026-04-04T10:59:59.000Z': '2026-04-04',
      '2026-04-04T11:00:00.000Z': '2026-04-05',
      '2026-04-05T11:59:59.000Z': '2026-04-05',
      '2026-04-05T12:00:00.000Z': '2026-04-06',
    }
    for (const moment of Object.keys(moments))
      await c.read(c.hr, { at: when(moment), pages: { summary: 12_000 } })
    for (const day of new Set(Object.values(moments))) {
      const expected = Object.values(moments).filter(one => one === day).length
      expect((await c.figures(`?from=${day}&to=${day}`)).actual_sessions, day).toBe(expected)
      const { items } = await mara.get(`${c.at}/sessions?from=${day}&to=${day}`)
      expect(items).toHaveLength(expected)
      const [only] = await c.report('sessions_by_day', `?from=${day}&to=${day}`)
      expect(only).toMatchObject({ day, actual: expected })
      const list = await mara.get(`/api/campaigns?from=${day}&to=${day}`)
      const item = list.items.find((one: { id: string }) => one.id === c.id)
      expect(item.figures.actual_sessions).toBe(expected)
    }
    expect((await c.figures('?to=2026-04-04')).actual_sessions).toBe(3)
    expect((await c.figures('?from=2026-07-11')).actual_sessions).toBe(1)
    const { body: utc } = await mara.ask('POST', '/api/projects', { body: { name: 'UTC' } })
    const other = await campaign(utc.id)
    await other.read(other.hr, { at: when('2026-01-10T10:59:59Z'), pages: { summary: 12_000 } })
    await other.read(other.hr, { at: when('2026-01-10T11:00:00Z'), pages: { summary: 12_000 } })
    expect((await other.figures('?from=2026-01-10&to=2026-01-10')).actual_sessions).toBe(2)
  })

  it('refuse a range that is none', async () => {
    const c = await campaign()
    for (const query of [
      'from=2026-02-30',
      'from=yesterday',
      'from=2026-02-02&to=2026-02-01',
      'from=0000-01-01',
      'to=9999-12-31',
      'link=HR',
    ])
      expect((await mara.ask('GET', `${c.at}/figures?${query}`)).status, query).toBe(400)
  })
})

describe('the reports', () => {
  it('show every day of the range, empty ones too', async () => {
    const c = await campaign()
    await c.read(c.hr, { at: when('2026-03-02T00:00:00Z'), pages: { summary: 15_000 } })
    await c.read(c.hr, { at: when('2026-03-04T00:00:00Z'), pages: { summary: 2_000 } })
    const days = await c.report('sessions_by_day', '?from=2026-03-01&to=2026-03-05')
    expect(days).toEqual([
      { day: '2026-03-01', new: 0, actual: 0, engaged: 0, total_time_ms: 0 },
      { day: '2026-03-02', new: 0, actual: 1, engaged: 0, total_time_ms: 15_000 },
      { day: '2026-03-03', new: 0, actual: 0, engaged: 0, total_time_ms: 0 },
      { day: '2026-03-04', new: 1, actual: 0, engaged: 0, total_time_ms: 2_000 },
      { day: '2026-03-05', new: 0, actual: 0, engaged: 0, total_time_ms: 0 },
    ])
    const all = await c.report('sessions_by_day')
    expect(all[0].day).toBe('2026-03-02')
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Auckland' }).format()
    expect(all.at(-1).day).toBe(today)
    expect(await c.report('sessions_by_day', '?from=1900-01-01&to=2900-01-01')).toHaveLength(3_660)
  })

  it('divide the reading over pages, case studies, steps, devices, referrers and events', async () => {
    const c = await campaign()
    const at = Date.now() - HOUR
    await c.read(c.hr, {
      at,
      pages: { summary: 20_000, case_studies: 30_000, contact: 5_000 },
      parts: { bolt: 18_000, removed: 4_000 },
      acts: [
        { type: 'forward_navigation', label: 'Work', page: 'summary' },
        { type: 'external_link', label: 'See it', target: 'https://example.com/bolt/', page: 'case_studies' },
        { type: 'external_link', label: 'See it', target: 'https://example.com/bolt', page: 'case_studies' },
      ],
      referrer: 'https://mail.example/inbox?token=1',
      utm: { source: 'mail' },
    })
    await c.read(c.lead, {
      at,
      pages: { summary: 5_000 },
      ua: { device: 'phone', browser: 'Safari', os: 'iOS' },
    })
    await c.read(c.lead, { at, pages: { summary: 50_000 }, ua: { class: 'preview' } })
    expect(await c.report('pages')).toEqual([
      { page: 'summary', sessions: 2, views: 2, active_ms: 25_000 },
      { page: 'case_studies', sessions: 1, views: 1, active_ms: 30_000 },
      { page: 'contact', sessions: 1, views: 1, active_ms: 5_000 },
    ])
    expect(await c.report('case_studies')).toEqual([
      { id: 'bolt', title: 'Bolt', sessions: 1, active_ms: 18_000, clicks: 2 },
      { id: 'system', title: 'One system', sessions: 0, active_ms: 0, clicks: 0 },
      { id: 'removed', title: 'removed', sessions: 1, active_ms: 4_000, clicks: 0 },
    ])
    expect(await c.report('funnel')).toEqual([
      { step: 'opened', sessions: 2 },
      { step: 'actual', sessions: 1 },
      { step: 'case_studies', sessions: 1 },
      { step: 'contact', sessions: 1 },
      { step: 'acted', sessions: 1 },
      { step: 'lead', sessions: 0 },
    ])
    expect(await c.report('devices')).toEqual([
      { device: 'desktop', browser: 'Firefox', os: 'Linux', sessions: 1, actual: 1 },
      { device: 'phone', browser: 'Safari', os: 'iOS', sessions: 1, actual: 0 },
    ])
    expect(await c.report('referrers')).toEqual([
      {
        referrer_host: 'mail.example',
        utm_source: 'mail',
        utm_medium: null,
        utm_campaign: null,
        sessions: 1,
        actual: 1,
      },
      { referrer_host: null, utm_source: null, utm_medium: null, utm_campaign: null, sessions: 1, actual: 0 },
    ])
    const events = await c.report('events')
    expect(events).toContainEqual({ type: 'link_open', label: null, target: null, count: 2, sessions: 2 })
    expect(events).toContainEqual({
      type: 'forward_navigation',
      label: 'Work',
      target: null,
      count: 1,
      sessions: 1,
    })
    expect((await c.report('pages', `?link=${c.lead}`))[0]).toMatchObject({ sessions: 1, active_ms: 5_000 })
    expect((await mara.ask('GET', `${c.at}/reports/nonsense`)).status).toBe(404)
  })
})

describe('sessions', () => {
  it('come page by page, latest first, narrowed by flag, verdict and link', async () => {
    const c = await campaign()
    const at = Date.now() - HOUR
    for (let i = 0; i < 5; i++) await c.read(c.hr, { at: at + i, pages: { summary: 11_000 } })
    await c.read(c.lead, { at, pages: { summary: 11_000 }, acts: [{ type: 'cta_click' }] })
    await c.read(c.lead, { at, ua: { class: 'preview' } })
    const all: { id: string; started_at: string }[] = []
    let cursor = ''
    do {
      const page = await mara.get(`${c.at}/sessions?limit=2${cursor}`)
      all.push(...page.items)
      cursor = page.next && `&cursor=${page.next}`
    } while (cursor)
    expect(all).toHaveLength(7)
    expect(new Set(all.map(one => one.id)).size).toBe(7)
    expect(all.map(one => one.started_at)).toEqual(
      all
        .map(one => one.started_at)
        .toSorted()
        .toReversed(),
    )
    const n = async (query: string) => (await mara.get(`${c.at}/sessions?${query}`)).items.length
    expect(await n('flag=actual')).toBe(5)
    expect(await n('flag=actual,engaged')).toBe(6)
    expect(await n('flag=new')).toBe(1)
    expect(await n('verdict=bot')).toBe(1)
    expect(await n(`verdict=person&link=${c.lead}`)).toBe(1)
    expect((await mara.ask('GET', `${c.at}/sessions?flag=old`)).status).toBe(400)
    expect((await mara.ask('GET', `${c.at}/sessions/${uuidv7()}`)).status).toBe(404)
  })

  it('tell their story in order, and count as the owner says', async () => {
    const c = await campaign()
    const id = uuidv7()
    const at = Date.now() - HOUR
    await c.read(c.hr, {
      id,
      at,
      pages: { summary: 8_000, case_studies: 6_000 },
      parts: { bolt: 5_000 },
      acts: [{ type: 'cta_click', label: 'Pick a time', page: 'summary' }],
    })
    const one = await mara.get(`${c.at}/sessions/${id}`)
    expect(one).toMatchObject({
      flag: 'engaged',
      verdict: 'person',
      reason: 'person',
      credited_ms: 14_000,
      acts: 1,
    })
    expect(one.link.label).toBe('HR')
    expect(one.story.map((step: { what: string }) => step.what)).toEqual(['opened', 'view', 'event', 'view'])
    expect(one.story[1]).toMatchObject({ page: 'summary', active_ms: 8_000, scroll: 50, parts: {} })
    expect(one.story[2]).toMatchObject({
      type: 'cta_click',
      page: 'summary',
      label: 'Pick a time',
      target: null,
    })
    expect(one.story[3]).toMatchObject({ page: 'case_studies', parts: { bolt: 5_000 } })
    const path = `${c.at}/sessions/${id}`
    const owner = await mara.ask('PUT', `${path}/verdict`, { body: { verdict: 'owner' } })
    expect(owner.body).toMatchObject({ verdict: 'owner', reason: 'overruled' })
    expect((await c.figures()).actual_sessions).toBe(0)
    for (const body of [null, { verdict: null }])
      expect((await mara.ask('PUT', `${path}/verdict`, { body })).body.verdict).toBe('person')
    expect((await c.figures()).actual_sessions).toBe(1)
    expect((await mara.ask('PUT', `${path}/verdict`, { body: { verdict: 'martian' } })).status).toBe(400)
    expect((await mara.ask('DELETE', path)).status).toBe(204)
    expect((await mara.ask('GET', path)).status).toBe(404)
    expect((await mara.ask('DELETE', path)).status).toBe(404)
    expect((await c.figures()).actual_sessions).toBe(0)
    await c.read(c.hr, { id, at, pages: { summary: 20_000 } })
    expect((await c.figures()).actual_sessions).toBe(0)
  })
})

describe('opens', () => {
  it('that no script claimed stand for themselves, and count as the owner says', async () => {
    const c = await campaign()
    const at = Date.now() - HOUR
    const entry = open({ campaign_id: c.id, link_id: c.hr, at })
    const claimed = open({ campaign_id: c.id, link_id: c.hr, at: at + 1 })
    await c.save([entry, claimed])
    await c.read(c.hr, { at: at + 2, open_id: claimed.open_id, pages: { summary: 12_000 } })
    const { items } = await mara.get(`${c.at}/opens`)
    expect(items.map((one: { claimed: boolean }) => one.claimed)).toEqual([true, false])
    expect(items[1]).toMatchObject({ id: entry.open_id, verdict: 'person', reason: 'person' })
    expect(await mara.get(`${c.at}/reports/reconcile`)).toMatchObject({ total: 2, actual: 1, unscripted: 1 })
    const put = await mara.ask('PUT', `${c.at}/opens/${entry.open_id}/verdict`, { body: { verdict: 'bot' } })
    expect(put.body).toMatchObject({ verdict: 'bot', reason: 'overruled' })
    expect(await mara.get(`${c.at}/reports/reconcile`)).toMatchObject({ total: 2, bot: 1, unscripted: 0 })
    const none = await mara.ask('PUT', `${c.at}/opens/${uuidv7()}/verdict`, { body: { verdict: 'bot' } })
    expect(none.status).toBe(404)
  })
})

describe('who reads now', () => {
  it('is a person who reported a moment ago, and nothing new is answered with 304', async () => {
    const jon = await studio.owner('jon@example.com')
    const { body } = await jon.ask('POST', '/api/campaigns', {
      body: { project_id: jon.project, title: 'Halden' },
    })
    const [link] = (await jon.get(`/api/campaigns/${body.id}/links`)).items
    const read = (given: Omit<Reading, 'campaign_id' | 'link_id'>) =>
      save(studio.store.database, reading({ campaign_id: body.id, link_id: link.id, ...given }))
    const poll = (etag?: string) =>
      jon.ask('GET', '/api/live', { headers: etag ? { 'If-None-Match': etag } : {} })
    const nobody = await poll()
    expect(nobody.body).toMatchObject({ items: [], heard_at: null })
    expect((await poll(nobody.headers.get('etag')!)).status).toBe(304)
    const now = Date.now()
    const id = uuidv7()
    const here = {
      id,
      at: now - 30_000,
      state: 'reading',
      pages: { summary: 18_000, case_studies: 10_000 },
      acts: [{ type: 'forward_navigation' }],
    } as const
    await read({ ...here, acts: [...here.acts] })
    await read({ at: now - 10 * 60_000, state: 'reading', pages: { summary: 20_000 } })
    await read({ at: now - 30_000, state: 'away', pages: { summary: 20_000 } })
    await read({
      at: now - 30_000,
      state: 'reading',
      pages: { summary: 20_000 },
      flags: { owner_device: true },
    })
    await read({ at: now - 3_000 })
    const live = await poll(nobody.headers.get('etag')!)
    expect(live.status).toBe(200)
    expect(live.body.items).toHaveLength(1)
    expect(live.body.items[0]).toMatchObject({
      campaign: { id: body.id, title: 'Halden' },
      link: { slug: link.slug },
      session_id: id,
      active_ms: 28_000,
      last_event: 'forward_navigation',
      since: new Date(now - 30_000).toISOString(),
    })
    expect((await poll(live.headers.get('etag')!)).status).toBe(304)
    expect((await mara.get('/api/live')).items).toEqual([])
  })
})
