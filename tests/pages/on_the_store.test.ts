import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Entry } from '../../src/contract/entry.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { tableQueue } from '../../src/queue/table.ts'
import type { Store } from '../../src/store/store.ts'
import { drain } from '../../src/worker/drain.ts'
import { reading, save } from '../reports/readings.ts'
import { makeOwner, publishAs } from '../store/campaigns.ts'
import { openTestEmbedded } from '../store/open_embedded.ts'
import { published } from './sample.ts'
import { BROWSER, form, OWNER, site } from './site.ts'

const LEAD = '0193a7c2-5b1e-7c40-9f0e-2f4f6a1b8d11'
const SESSION = '0193a7c2-5b1e-7c40-9f0e-2f4f6a1b8d12'

let store: Store
let campaign: string
let pages: ReturnType<typeof site>

beforeAll(async () => {
  store = await openTestEmbedded()
  await makeOwner(store, OWNER)
  campaign = await store.database.as({ role: 'authenticated', owner_id: OWNER }, async query => {
    const [project] = await query<{ id: string }>(
      `insert into pitchbeat.projects (name) values ('Search') returning id`,
    )
    const [made] = await query<{ id: string }>(
      `insert into pitchbeat.campaigns (project_id, title, draft, gone_text)
       values ($1, 'Halden', $2, 'I have taken a position.') returning id`,
      [project!.id, published.pages],
    )
    const link = (slug: string, off: string | null, expires: string | null) =>
      query(
        `insert into pitchbeat.links (campaign_id, slug, off_at, expires_at)
         values ($1, $2, now() + $3::interval, now() + $4::interval)`,
        [made!.id, slug, off, expires],
      )
    await link('live', null, null)
    await link('later', '1 day', '1 day')
    await link('switched-off', '-1 second', null)
    await link('expired', null, '-1 second')
    const [draft] = await query<{ id: string }>(
      `insert into pitchbeat.campaigns (project_id, title) values ($1, 'Draft') returning id`,
      [project!.id],
    )
    await query(`insert into pitchbeat.links (campaign_id, slug) values ($1, 'draft')`, [draft!.id])
    return made!.id
  })
  await publishAs(store, { owner_id: OWNER, id: campaign }, published)
  pages = site({ database: store.database, queue: tableQueue(store.database) })
})
afterAll(() => store.close())

test.each([
  ['live', 200],
  ['later', 200],
  ['switched-off', 410],
  ['expired', 410],
  ['draft', 404],
  ['nobody', 404],
])('the link %s answers %i', async (slug, status) => {
  const answer = await pages.send(`/p/${slug}`)
  expect(answer.status).toBe(status)
  expect((await answer.text()).includes('I have taken a position.')).toBe(status === 410)
})

test('a link switched off is off with the very next request', async () => {
  const off = (at: string | null) =>
    store.database.as({ role: 'authenticated', owner_id: OWNER }, query =>
      query(`update pitchbeat.links set off_at = $1 where slug = 'later'`, [at]),
    )
  await off(new Date(0).toISOString())
  expect((await pages.send('/p/later')).status).toBe(410)
  await off(null)
  expect((await pages.send('/p/later')).status).toBe(200)
})

test('an open is stored once the page was served', async () => {
  const opens = async () =>
    (
      await store.pool.query(`select ua_class, referrer_host from internal.opens where campaign_id = $1`, [
        campaign,
      ])
    ).rows
  const before = (await opens()).length
  await pages.send('/p/live', {
    headers: { 'User-Agent': 'Slackbot 1.0', Referer: 'https://mail.example/x' },
  })
  await vi.waitFor(async () => {
    await drain({
      queue: tableQueue(store.database),
      database: store.database,
      log: pino({ level: 'silent' }),
      budgetMs: 1_000,
      maxEntries: 100,
    })
    expect((await opens()).length).toBeGreaterThan(before)
  }, 30_000)
  expect(await opens()).toContainEqual({ ua_class: 'preview', referrer_host: 'mail.example' })
})

describe('a message', () => {
  const filled = { lead_id: LEAD, name: 'Jonas', email: 'j@halden.example', message: 'Hello' }
  const leads = async () =>
    (
      await store.pool.query(
        `select id, name, session_id from pitchbeat.leads where campaign_id = $1 order by created_at`,
        [campaign],
      )
    ).rows

  test('is stored with its visit and its event, once however often it is sent', async () => {
    const headers = { Cookie: `pb_live=${SESSION}`, 'User-Agent': BROWSER }
    const page = await (await pages.send('/p/live/contact', { headers })).text()
    const ticket = /name="ticket" value="([^"]+)"/.exec(page)![1]!
    const init = form({ ...filled, ticket }, headers)
    for (let i = 0; i < 2; i++) expect((await pages.send('/p/live/contact', init)).status).toBe(303)
    expect(await leads()).toEqual([{ id: LEAD, name: 'Jonas', session_id: SESSION }])
    const { rows } = await store.pool.query(
      `select s.browser, e.type, e.id from internal.sessions s join internal.events e
         on e.campaign_id = s.campaign_id and e.session_id = s.id
       where s.id = $1 and e.type = 'lead_submit'`,
      [SESSION],
    )
    expect(rows).toEqual([{ browser: 'Chrome', type: 'lead_submit', id: LEAD }])
  })

  test('with the same id and other words is another one', async () => {
    expect((await pages.send('/p/live/contact', form({ ...filled, message: 'Hello again' }))).status).toBe(
      303,
    )
    const stored = await leads()
    expect(stored).toHaveLength(2)
    expect(stored[1]).toMatchObject({ name: 'Jonas', session_id: null })
  })

  test('with NUL and lone surrogates is stored cleaned', async () => {
    const body = 'name=a%00b&email=a@b.example&message=%ED%A0%80'
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await pages.send('/p/live/contact', { method: 'POST', headers, body })).status).toBe(303)
    expect((await leads()).at(-1)).toMatchObject({ name: 'a\uFFFDb' })
  })
})

describe('a reader who wants to be left alone in the middle of a session', () => {
  const T = Date.UTC(2026, 4, 1, 9)
  const linkOf = async () =>
    (await store.pool.query(`select id from pitchbeat.links where slug = 'live'`)).rows[0].id as string
  const entries = async (session: string) =>
    reading({
      campaign_id: campaign,
      link_id: await linkOf(),
      at: T,
      id: session,
      pages: { summary: 20_000 },
    })
  const hash = async (session: string) =>
    (
      await store.pool.query(
        `select private, ua_hash is not null as hashed from internal.sessions where id = $1`,
        [session],
      )
    ).rows

  test('loses the hash by the opt-out, though the database is away at first; late reports do not bring it back', async () => {
    const session = uuidv7(T)
    const [start, beat] = await entries(session)
    await save(store.database, [start!])
    expect(await hash(session)).toEqual([{ private: false, hashed: true }])
    let away = true
    let refused = 0
    const sometimes = {
      ...store.database,
      as: ((who, work) => {
        if (!away) return store.database.as(who, work)
        refused++
        return Promise.reject(new Error('away'))
      }) as typeof store.database.as,
    }
    const { send } = site({ database: sometimes, queue: tableQueue(store.database) })
    const answer = await send('/p/live/opt-out', form({ out: '1' }, { Cookie: `pb_live=${session}` }))
    expect(answer.status).toBe(303)
    await vi.waitFor(() => expect(refused).toBe(1), 30_000)
    away = false
    await vi.waitFor(
      async () => expect(await hash(session)).toEqual([{ private: true, hashed: false }]),
      30_000,
    )
    await save(store.database, [beat!, start!])
    expect(await hash(session)).toEqual([{ private: true, hashed: false }])
  })

  test('loses it by the opt-out also where the first report is saved only afterwards', async () => {
    const session = uuidv7(T)
    const { send } = site({ database: store.database, queue: tableQueue(store.database) })
    await send('/p/live/opt-out', form({ out: '1' }, { Cookie: `pb_live=${session}` }))
    await save(store.database, await entries(session))
    await vi.waitFor(
      async () => expect(await hash(session)).toEqual([{ private: true, hashed: false }]),
      30_000,
    )
  })

  test('loses it by Global Privacy Control, whichever report comes first or with which', async () => {
    const orders = [
      (a: Entry, b: Entry) => [[a, b]],
      (a: Entry, b: Entry) => [[b, a]],
      (a: Entry, b: Entry) => [[a], [b]],
      (a: Entry, b: Entry) => [[b], [a]],
    ]
    for (const order of orders) {
      const session = uuidv7(T)
      const [start, beat] = await entries(session)
      const quiet = { ...beat!, private: true, ua: { ...beat!.ua, hash: null } }
      for (const batch of order(start!, quiet)) await save(store.database, batch)
      expect(await hash(session)).toEqual([{ private: true, hashed: false }])
    }
  })

  test('takes nothing from a session of another campaign by its id', async () => {
    const session = uuidv7(T)
    await save(store.database, await entries(session))
    const done = await store.database.as({ role: 'service_role' }, query =>
      query('select internal.opt_out($1, $2) as done', ['nobody', session]),
    )
    expect(done).toEqual([{ done: false }])
    expect(await hash(session)).toEqual([{ private: false, hashed: true }])
  })
})

describe('the preview', () => {
  const at = () => `/api/campaigns/${campaign}/preview/summary`

  test('shows the draft to its owner', async () => {
    pages.state.login = OWNER
    const answer = await pages.send(at())
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('<h1>Ines Marchetti</h1>')
  })

  test('finds nothing for another owner: row security, not the route, decides', async () => {
    pages.state.login = 'owner-2'
    expect((await pages.send(at())).status).toBe(404)
    pages.state.login = null
  })
})

test('a deleted campaign leaves its last words', async () => {
  await store.pool.query(
    `update pitchbeat.campaigns set deleted_at = now(), published = null where id = $1`,
    [campaign],
  )
  const answer = await pages.send('/p/live')
  expect(answer.status).toBe(410)
  expect(await answer.text()).toContain('I have taken a position.')
})
