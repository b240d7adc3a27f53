import { pino } from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { collectRoutes } from '../../src/collect/routes.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import { drain } from '../../src/worker/drain.ts'
import { BROWSER, form, live, SECRET, site } from '../pages/site.ts'
import { openWorld, type World } from './world.ts'

/**
 * What somebody gains who has a link and writes a program instead of reading: by plain requests, counted in the figures.
 * SECURITY.md says the same in words.
 */

let world: World
let pages: ReturnType<typeof site>
let collect: ReturnType<typeof collectRoutes>
const log = pino({ level: 'silent' })
beforeEach(async () => {
  world ??= await openWorld()
  await world.empty()
  const { campaign_id, link_id, queue, database } = world
  await world.store.pool.query(`update pitchbeat.campaigns set published = $1, published_at = now()`, [
    live.published,
  ])
  pages = site({ links: { acme: { ...live, campaign_id, link_id, owner_id: 'owner' } }, queue, database })
  const gate = createGate({ secrets: [SECRET], trustedProxies: [], limiters: memoryLimiters(1_000) })
  collect = collectRoutes({ gate, queue, baseUrl: 'http://localhost:4000', queueMax: 100_000 })
})
afterAll(() => world?.close())

const SLUG = 'acme-x1y2'
const hosted = async (path = `/p/${SLUG}`, headers: Record<string, string> = {}) => {
  const page = await (await pages.send(path, { headers: { 'User-Agent': BROWSER, ...headers } })).text()
  return /data-ticket="([^"]+)"/.exec(page)![1]!
}
const embedding = async () =>
  ((await (await pages.send(`/p/${SLUG}/ticket`)).json()) as { ticket: string }).ticket

async function post(path: string, body: object): Promise<void> {
  const answer = await collect.request(`/p/${SLUG}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain', 'User-Agent': BROWSER },
    body: JSON.stringify({ v: 1, ...body }),
  })
  expect(answer.status).toBeLessThan(300)
}

/** Reports a view of so many milliseconds and one act, as far as the schema lets anybody claim. */
const claim = (ticket: string, session: string, active_ms: number, events: object[] = []) =>
  post('beat', {
    ticket,
    session,
    state: 'reading',
    input: true,
    automated: false,
    views: [{ id: session.replace(/.{4}$/, '0000'), page: 'summary', active_ms, scroll: 90, parts: {} }],
    events,
  })
const act = (type = 'cta_click', id = uuidv7()) => ({ id, type, view: uuidv7(), ago_ms: 0 })

async function save(): Promise<void> {
  const { queue, database } = world
  let waiting = true
  while (waiting) {
    await drain({ queue, database, log, budgetMs: 10_000, maxEntries: 1_000 })
    waiting = (await queue.depth()) > 0
  }
}
const sessions = () =>
  world.database.as({ role: 'authenticated', owner_id: 'owner' }, query =>
    query<{ flag: string; verdict: string; reason: string; credited_ms: number; link_id: string }>(
      `select flag, verdict, reason, credited_ms::int, link_id, acts, leads from public.campaign_sessions
       order by started_at, id`,
    ),
  )
/** A forger waits between two requests, which a test need not: what was saved is moved into the past. */
const later = (ms: number) =>
  world.store.pool.query(
    `update internal.sessions set started_at = started_at - $1 * interval '1 ms',
       served_at = served_at - $1 * interval '1 ms', last_received_at = last_received_at - $1 * interval '1 ms'`,
    [ms],
  )
const countOf = async (verdict: string, flag: string) =>
  (await sessions()).filter(one => one.verdict === verdict && one.flag === flag).length

test('one request under a ticket that was kept for a minute makes no Actual session, however much it claims', async () => {
  const ticket = await hosted()
  for (const ms of [12_000, 66_000, 86_400_000]) await claim(ticket, uuidv7(), ms, [act()])
  await save()
  // the page was served a minute before the only report
  await world.store.pool.query(`update internal.sessions set served_at = started_at - interval '1 minute'`)
  const found = await sessions()
  expect(found.map(one => [one.flag, one.credited_ms])).toEqual(Array(3).fill(['new', 5_000]))
  expect(found.map(one => one.reason)).toEqual(['person', 'person', 'impossible_time'])
})

test('two requests, 1 s apart, under a ticket kept for a minute make 66 s: what passed, a minute and 5 s', async () => {
  const ticket = await hosted()
  const session = uuidv7()
  await claim(ticket, session, 0)
  await save()
  await later(1_000)
  await claim(ticket, session, 86_400_000, [act()])
  await save()
  await world.store.pool.query(
    `update internal.sessions set served_at = started_at - interval '1 day',
       last_received_at = started_at + interval '1 s'`,
  )
  expect(await sessions()).toMatchObject([{ credited_ms: 66_000, verdict: 'bot', reason: 'impossible_time' }])
  await world.store.pool.query(`update internal.sessions set active_ms = 66000`)
  expect(await sessions()).toMatchObject([{ flag: 'engaged', credited_ms: 66_000, verdict: 'person' }])
})

test('one page makes 5 sessions; further ones are stored with the reason, and one more counts for each window', async () => {
  const ticket = await hosted()
  for (let n = 0; n < 50; n++) {
    const session = uuidv7()
    await claim(ticket, session, 0)
    await claim(ticket, session, 12_000, [act()])
  }
  await save()
  await world.store.pool.query(
    `update internal.sessions set last_received_at = started_at + interval '1 minute'`,
  )
  expect([await countOf('person', 'engaged'), await countOf('bot', 'engaged')]).toEqual([5, 45])
  const reasons = new Set((await sessions()).slice(5).map(one => one.reason))
  expect([...reasons]).toEqual(['too_many_of_one_open'])
  // the same 50, had they begun three windows after the page was served
  await world.store.pool.query(`update internal.sessions set started_at = started_at + interval '90 minutes',
    last_received_at = last_received_at + interval '90 minutes'`)
  expect(await countOf('person', 'engaged')).toBe(8)
})

test('a ticket without an open, of a site that embeds or of a page served within a session, makes as many as it likes', async () => {
  const Cookie = `pb_${SLUG}=${uuidv7()}`
  for (const ticket of [await embedding(), await hosted(`/p/${SLUG}`, { Cookie })])
    for (let n = 0; n < 10; n++) await claim(ticket, uuidv7(), 1_000)
  await save()
  expect(await countOf('person', 'new')).toBe(20)
})

test('a session told under two tickets counts for the older page alone, so the tickets do not add up', async () => {
  const [older, newer] = [await hosted(), await hosted()]
  for (let n = 0; n < 12; n++) {
    const session = uuidv7()
    await claim(newer, session, 1_000)
    await claim(older, session, 1_000)
  }
  await save()
  expect(await countOf('person', 'new')).toBe(5)
})

test('20 messages claimed under the ticket of a hosted page never reach the funnel', async () => {
  const ticket = await hosted()
  const session = uuidv7()
  await claim(ticket, session, 0)
  for (let n = 0; n < 20; n++) await claim(ticket, session, 12_000, [act('lead_submit')])
  await save()
  await world.store.pool.query(
    `update internal.sessions set last_received_at = started_at + interval '1 minute'`,
  )
  expect(await sessions()).toMatchObject([{ flag: 'actual', acts: 0, leads: 0 }])
})

test('an event that takes the id of its session changes neither the opening nor the count of acts', async () => {
  const ticket = await hosted()
  const session = uuidv7()
  await claim(ticket, session, 12_000, [act('cta_click', session), act('cta_click', session.toUpperCase())])
  await save()
  const { rows } = await world.store.pool.query('select id, type from internal.events')
  expect(rows).toEqual([{ id: session, type: 'link_open' }])
  expect(await sessions()).toMatchObject([{ acts: 0 }])
})

test('the form neither invents a session nor moves one to another link; the message is kept', async () => {
  const { rows } = await world.store.pool.query(
    `insert into pitchbeat.links (campaign_id, slug) values ($1, 'zz-' || gen_random_uuid()) returning id, slug`,
    [world.campaign_id],
  )
  const other = rows[0] as { id: string; slug: string }
  const session = uuidv7()
  await claim(await hosted(), session, 12_000)
  await save()
  const ticketOf = async (slug: string) =>
    /name="ticket" value="([^"]+)"/.exec(await (await pages.send(`/p/${slug}/contact`)).text())![1]!
  const fields = { name: 'Eve', email: 'eve@evil.example', message: 'Hello', website: '' }
  const sendForm = async (slug: string, more: Record<string, string>) => {
    const answer = await pages.send(
      `/p/${slug}/contact`,
      form({ ...fields, lead_id: uuidv7(), ...more }, { 'User-Agent': BROWSER }),
    )
    expect(answer.status).toBe(303)
  }
  await sendForm(SLUG, { session: uuidv7() })
  await sendForm(SLUG, { session, ticket: 'forged' })
  await sendForm(other.slug, { session, ticket: await ticketOf(other.slug) })
  const leads = await world.store.pool.query('select session_id from pitchbeat.leads')
  expect(leads.rows).toEqual(Array(3).fill({ session_id: null }))
  expect(await sessions()).toMatchObject([{ link_id: world.link_id, leads: 0 }])
  await world.store.pool.query('delete from pitchbeat.leads')
  await world.store.pool.query('delete from pitchbeat.links where id = $1', [other.id])
})
