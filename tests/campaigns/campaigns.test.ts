import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseDeleted } from '../../src/worker/timetable.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { reading, save } from '../reports/readings.ts'
import { pages } from './pages.ts'

let studio: Studio
let mara: Caller & { project: string; id: string }
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

const make = async (over: Record<string, unknown> = {}) => {
  const answer = await mara.ask('POST', '/api/campaigns', {
    body: { project_id: mara.project, title: 'Halden, Ålesund', pages: pages(), ...over },
  })
  expect(answer.status).toBe(201)
  return answer.body
}

describe('projects', () => {
  it('keep what a change leaves out', async () => {
    const { body } = await mara.ask('POST', '/api/projects', {
      body: { name: 'Freelance', time_zone: 'Asia/Tokyo', allowed_origins: ['https://acme.example'] },
    })
    const changed = await mara.ask('PATCH', `/api/projects/${body.id}`, { body: { retention_days: 30 } })
    expect(changed.body).toEqual({ ...body, retention_days: 30 })
    expect((await mara.ask('PATCH', `/api/projects/${body.id}`, { body: {} })).body).toEqual(changed.body)
  })
  it('refuse a time zone or origin that is none', async () => {
    const ask = (body: object) => mara.ask('PATCH', `/api/projects/${mara.project}`, { body })
    expect((await ask({ time_zone: 'Mars/Olympus' })).body.errors[0].pointer).toBe('/time_zone')
    expect((await ask({ allowed_origins: ['https://acme.example/path'] })).status).toBe(400)
    expect((await ask({ allowed_origins: ['javascript:alert(1)'] })).status).toBe(400)
  })
  it('are deleted only when they have no campaigns any more', async () => {
    const { body: project } = await mara.ask('POST', '/api/projects', { body: { name: 'Old' } })
    const { id, title } = await make({ project_id: project.id })
    expect((await mara.ask('DELETE', `/api/projects/${project.id}`)).status).toBe(409)
    await mara.ask('DELETE', `/api/campaigns/${id}`, { body: { confirm: title } })
    expect((await mara.ask('DELETE', `/api/projects/${project.id}`)).status).toBe(204)
    expect((await mara.ask('DELETE', `/api/projects/${project.id}`)).status).toBe(404)
  })
})

describe('campaigns', () => {
  it('are not published with a text that takes too long to render; the refusal names it', async () => {
    const slow = { ...pages().case_studies[1]!, title: 'Bolt again', body: 'http://a.b/('.repeat(3_300) }
    const { id } = await make({ pages: pages({ case_studies: [pages().case_studies[0]!, slow] }) })
    const refused = await mara.ask('POST', `/api/campaigns/${id}/publish`)
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/case_studies/1/body'])
    expect(refused.body.detail).toContain('“Bolt again”')
    expect((await mara.get(`/api/campaigns/${id}`)).published_at).toBeNull()
  })
  it('begin with one unlabelled link that cannot be guessed and says nothing of the campaign', async () => {
    const { id } = await make()
    const { items } = await mara.get(`/api/campaigns/${id}/links`)
    expect(items).toHaveLength(1)
    expect(items[0].label).toBe('')
    expect(items[0].slug).toMatch(/^[a-z0-9]{12}$/)
    expect(items[0].url).toBe(`http://localhost:4000/p/${items[0].slug}`)
  })
  it('begin empty where no pages are given, and in one canonical language', async () => {
    const made = await make({ pages: undefined, language: 'DE-ch' })
    expect(made.language).toBe('de-CH')
    expect(made.draft.case_studies).toEqual([])
    expect(made.figures).toEqual({
      actual_sessions: 0,
      engaged_sessions: 0,
      new_sessions: 0,
      engagement_rate: null,
      total_time_ms: 0,
      last_read_at: null,
    })
    for (const language of ['nonsense language', '', 'x'])
      expect(
        (
          await mara.ask('POST', '/api/campaigns', {
            body: { project_id: mara.project, title: 'x', language },
          })
        ).status,
      ).toBe(400)
  })
  it('keep what a change leaves out', async () => {
    const made = await make()
    const { body } = await mara.ask('PATCH', `/api/campaigns/${made.id}`, { body: { gone_text: 'Thanks.' } })
    expect(body).toEqual({ ...made, gone_text: 'Thanks.' })
    const archived = await mara.ask('PATCH', `/api/campaigns/${made.id}`, { body: { archived: true } })
    expect(archived.body.archived_at).not.toBeNull()
    const back = await mara.ask('PATCH', `/api/campaigns/${made.id}`, { body: { archived: false } })
    expect(back.body).toEqual(body)
  })
  it('are duplicated with their texts, a link of their own, and unpublished', async () => {
    const made = await make()
    await mara.ask('POST', `/api/campaigns/${made.id}/publish`)
    const { body: copy } = await mara.ask('POST', `/api/campaigns/${made.id}/duplicate`)
    expect(copy.title).toBe('Halden, Ålesund (copy)')
    expect(copy.draft).toEqual(made.draft)
    expect(copy.published_at).toBeNull()
    const [mine] = (await mara.get(`/api/campaigns/${copy.id}/links`)).items
    const [theirs] = (await mara.get(`/api/campaigns/${made.id}/links`)).items
    expect(mine.slug).not.toBe(theirs.slug)
  })
  it('are deleted only where their title is sent along; then their links answer gone and nothing is left', async () => {
    const { id, title } = await make()
    const [link] = (await mara.get(`/api/campaigns/${id}/links`)).items
    await mara.ask('PATCH', `/api/campaigns/${id}`, { body: { gone_text: 'I found a place.' } })
    await mara.ask('POST', `/api/campaigns/${id}/publish`)
    await save(
      studio.store.database,
      reading({ campaign_id: id, link_id: link.id, at: Date.now() - 60_000, pages: { summary: 20_000 } }),
    )
    for (const confirm of [undefined, '', 'halden'])
      expect((await mara.ask('DELETE', `/api/campaigns/${id}`, { body: { confirm } })).status).toBe(422)
    expect((await mara.ask('DELETE', `/api/campaigns/${id}`, { body: { confirm: title } })).status).toBe(204)
    // at once, though the rows are still there
    const facts = () =>
      studio.store.pool.query('select count(*) as n from internal.sessions where campaign_id = $1', [id])
    expect((await facts()).rows[0].n).toBe(1)
    for (const path of [
      '',
      '/links',
      '/history',
      '/leads',
      '/figures',
      '/sessions',
      '/opens',
      '/reports/reconcile',
    ])
      expect((await mara.ask('GET', `/api/campaigns/${id}${path}`)).status).toBe(404)
    for (const view of ['sessions', 'views', 'events', 'opens', 'performance'])
      expect(
        await studio.store.database.as({ role: 'authenticated', owner_id: mara.id }, query =>
          query(`select from public.campaign_${view} where campaign_id = $1`, [id]),
        ),
        view,
      ).toEqual([])
    const rows = await studio.store.database.as({ role: 'service_role' }, query =>
      query('select state, gone_text from internal.page_by_slug($1)', [link.slug]),
    )
    expect(rows).toEqual([{ state: 'gone', gone_text: 'I found a place.' }])
    await eraseDeleted(studio.store.database)
    expect((await facts()).rows[0].n).toBe(0)
  })
  it('come page by page, newest first, each once', async () => {
    const jon = await studio.owner('jon@example.com')
    const titles = Array.from({ length: 7 }, (_, i) => `Campaign ${i}`)
    for (const title of titles)
      await jon.ask('POST', '/api/campaigns', { body: { project_id: jon.project, title } })
    const seen: string[] = []
    let cursor = ''
    for (let i = 0; i < 4; i++) {
      const list = await jon.get(`/api/campaigns?limit=3${cursor}`)
      seen.push(...list.items.map((item: { title: string }) => item.title))
      if (!list.next) break
      cursor = `&cursor=${list.next}`
    }
    expect(seen).toEqual(titles.toReversed())
    for (const bad of [
      'cursor=nonsense',
      `cursor=${Buffer.from('["1"]').toString('base64url')}`,
      'limit=0',
      'limit=201',
    ])
      expect((await jon.ask('GET', `/api/campaigns?${bad}`)).status).toBe(400)
  })
})

describe('the draft', () => {
  it('is saved over the version it was read at, and over no other', async () => {
    const { id, draft_version } = await make()
    const read = await mara.ask('GET', `/api/campaigns/${id}`)
    expect(read.headers.get('etag')).toBe(`"${draft_version}"`)
    const put = (version: string | undefined, sentence: string) =>
      mara.ask('PUT', `/api/campaigns/${id}/draft`, {
        body: { ...pages(), summary: { ...pages().summary, sentence } },
        headers: version === undefined ? {} : { 'If-Match': version },
      })
    const both = await Promise.all([
      put(`"${draft_version}"`, 'from the desk'),
      put(`"${draft_version}"`, 'from the phone'),
    ])
    expect(both.map(answer => answer.status).sort()).toEqual([200, 412])
    const saved = both.find(answer => answer.status === 200)!
    expect(saved.headers.get('etag')).toBe(`"${draft_version + 1}"`)
    for (const version of [undefined, '*', `"${draft_version}"`, 'W/"2"', '2'])
      expect((await put(version, 'stale')).status).toBe(412)
    expect((await put(saved.headers.get('etag')!, 'again')).status).toBe(200)
    expect((await mara.get(`/api/campaigns/${id}`)).draft.summary.sentence).toBe('again')
  })
  it('is refused where it does not have the form, naming the field', async () => {
    const { id } = await make()
    const put = (body: unknown) =>
      mara.ask('PUT', `/api/campaigns/${id}/draft`, { body, headers: { 'If-Match': '"1"' } })
    const script = structuredClone(pages())
    script.case_studies[0]!.url = 'javascript:alert(1)'
    expect((await put(script)).body.errors[0].pointer).toBe('/case_studies/0/url')
    expect((await put({})).status).toBe(400)
    expect((await put(null)).status).toBe(400)
  })
  it('keeps what a database cannot hold out of it', async () => {
    const { id } = await make()
    const body = structuredClone(pages())
    body.summary.body = 'a\u0000b\ud800c'
    const answer = await mara.ask('PUT', `/api/campaigns/${id}/draft`, {
      body,
      headers: { 'If-Match': '"1"' },
    })
    expect(answer.status).toBe(200)
    expect((await mara.get(`/api/campaigns/${id}`)).draft.summary.body).toBe('a\ufffdb\ufffdc')
  })
  it('is not what readers see until it is published', async () => {
    const { id } = await make()
    const published = async () =>
      (await studio.store.pool.query('select published from pitchbeat.campaigns where id = $1', [id])).rows[0]
        .published
    expect(await published()).toBeNull()
    const first = await mara.ask('POST', `/api/campaigns/${id}/publish`)
    expect([first.status, first.body.changed_since_publish]).toEqual([200, false])
    expect((await published()).html.summary).toContain('<strong>rebuilding</strong>')
    expect((await published()).html.case_studies.bolt).toContain('<em>question</em>')
    const body = { ...pages(), contact: { ...pages().contact, heading: 'Write to me' } }
    const saved = await mara.ask('PUT', `/api/campaigns/${id}/draft`, {
      body,
      headers: { 'If-Match': '"1"' },
    })
    expect(saved.body).toEqual({ draft_version: 2, changed_since_publish: true })
    expect((await published()).pages.contact.heading).toBe('Let us talk')
    expect((await mara.ask('POST', `/api/campaigns/${id}/publish`)).body.changed_since_publish).toBe(false)
    expect((await published()).pages.contact.heading).toBe('Write to me')
  })
  it('is not published while a reader would not learn who writes, and why', async () => {
    const { id } = await make({ pages: undefined })
    const answer = await mara.ask('POST', `/api/campaigns/${id}/publish`)
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '/summary/name',
      '/summary/sentence',
    ])
  })
})
