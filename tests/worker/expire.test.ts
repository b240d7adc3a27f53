import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expireLogins } from '../../src/accounts/expire_logins.ts'
import type { Entry } from '../../src/contract/entry.ts'
import { saveBatch } from '../../src/store/save_batch.ts'
import type { Store } from '../../src/store/store.ts'
import { putDeadLetter } from '../../src/worker/dead_letter.ts'
import { eraseDeleted, expireOld } from '../../src/worker/timetable.ts'
import { factsOf, makeCampaign, type TestCampaign } from '../store/campaigns.ts'
import { act, T0, view, visit } from '../store/entries.ts'
import { openTestEmbedded } from '../store/open_embedded.ts'

const DAY = 86_400_000
const service = { role: 'service_role' } as const

let store: Store
let campaign: TestCampaign
let logged: string[]
beforeAll(async () => {
  store = await openTestEmbedded()
})
afterAll(() => store?.close())
beforeEach(async () => {
  campaign = await makeCampaign(store)
  logged = []
})

const owner = (text: string, values: unknown[] = []) =>
  store.database.as({ role: 'authenticated', owner_id: campaign.owner_id }, query => query(text, values))
const keep = (days: number, lead_days = days) =>
  owner('update pitchbeat.projects set retention_days = $2, lead_retention_days = $3 where id = $1', [
    campaign.project_id,
    days,
    lead_days,
  ])
const save = (entries: Entry[]) => store.database.as(service, query => saveBatch(query, entries))
/** One visit that began and was last heard of so many days ago. */
function read(began: number, ended = began): { session: string; entries: Entry[] } {
  const reader = visit(campaign)
  const at = (days: number, ms: number) => Date.now() - days * DAY - T0 + ms
  const entries = [
    reader.open(at(began, 0)),
    reader.beat(at(began, 1_000), [view(1_000)]),
    reader.beat(at(ended, 20_000), [view(15_000, { parts: { a: 9 } })], [act()]),
  ]
  for (const entry of entries) entry.served_at = Date.now() - began * DAY
  return { session: reader.session, entries }
}
const expire = (signal?: AbortSignal) =>
  expireOld(
    {
      database: store.database,
      log: pino({}, { write: line => void logged.push(line) }),
      expireLogins: () => expireLogins(store.pool),
    },
    signal,
  )
const sessions = async () =>
  (await owner('select id from public.campaign_sessions where campaign_id = $1', [campaign.id])).map(
    row => row.id,
  )
const lead = (days: number, session: string | null = null) =>
  store.database.as(service, query =>
    query('select internal.save_lead($1)', [
      {
        campaign_id: campaign.id,
        link_id: campaign.links[0],
        lead_id: crypto.randomUUID(),
        name: 'Ada of Acme',
        email: 'ada@acme.example',
        message: 'A word in confidence',
        received_at: Date.now() - days * DAY,
        session: session && {
          id: session,
          served_at: Date.now() - days * DAY,
          flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
          private: false,
          ua: { class: 'person', device: 'phone', browser: 'Firefox', os: 'Android', hash: 'c0ffee' },
          page: 'contact',
        },
      },
    ]),
  )
const tallied = async (outcome: string) =>
  Number(
    (
      await store.pool.query('select coalesce(sum(n), 0) as n from internal.tally where outcome = $1', [
        outcome,
      ])
    ).rows[0].n,
  )

test('a visit goes with all it did once its last report is older than the days of its project; figures follow', async () => {
  const [old, across, young] = [read(31), read(31, 29), read(29)]
  await save([...old.entries, ...across.entries, ...young.entries])
  await store.database.as(service, query =>
    query(`select internal.overrule($1, $2, 'session', $3, 'person')`, [
      campaign.owner_id,
      campaign.id,
      old.session,
    ]),
  )
  await expire()
  expect((await sessions()).length).toBe(3)
  await keep(30)
  const before = await tallied('expired:session')
  await expire()
  expect((await sessions()).sort()).toEqual([across.session, young.session].sort())
  const { sessions: kept, opens, ...facts } = await factsOf(store.pool, campaign)
  expect([kept!.length, opens!.length]).toEqual([2, 2])
  expect(JSON.stringify(facts)).not.toContain(old.session)
  expect(
    (await store.pool.query('select from internal.overrules where id = $1', [old.session])).rowCount,
  ).toBe(0)
  expect(
    await owner('select actual_sessions from public.campaign_performance where campaign_id = $1', [
      campaign.id,
    ]),
  ).toEqual([{ actual_sessions: 2 }])
  expect((await tallied('expired:session')) - before).toBe(1)
  expect((await store.pool.query('select * from internal.verify($1)', [campaign.id])).rows).toEqual([])
})

test('messages have days of their own, and one that is kept longer than its visit stays', async () => {
  const reader = read(40)
  await save(reader.entries)
  await lead(40, reader.session)
  await lead(100)
  await keep(30, 90)
  await expire()
  expect(await sessions()).toEqual([])
  expect(
    await owner('select name, session_id from pitchbeat.leads where campaign_id = $1', [campaign.id]),
  ).toEqual([{ name: 'Ada of Acme', session_id: null }])
})

test('much goes in small steps, and a process that ends leaves the rest to the next run', async () => {
  const many = Array.from({ length: 450 }, () => read(31).entries[2]!)
  await save(many)
  await keep(30)
  const ending = new AbortController()
  const once: typeof store.database = {
    ...store.database,
    as: async (who, work) => {
      const answer = await store.database.as(who, work)
      if ((answer as { sessions?: number }[])[0]?.sessions) ending.abort()
      return answer
    },
  }
  await expireOld({ database: once, log: pino({ level: 'silent' }) }, ending.signal)
  expect((await sessions()).length).toBe(250)
  await expire()
  expect(await sessions()).toEqual([])
})

test('spent codes, logins that are over and dead letters of 30 days go too, and the tally says how many', async () => {
  const count = async () =>
    (
      await store.pool.query(`select (select count(*) from pitchbeat.mine_codes) as codes,
        (select count(*) from pitchbeat.invitations) as invitations,
        (select count(*) from accounts."session") as logins, (select count(*) from accounts."verification") as checks,
        (select count(*) from internal.dead_letters) as letters`)
    ).rows[0]
  await store.pool.query(`
    insert into pitchbeat.mine_codes (hash, owner_id, expires_at) values
      ('\\x01', 'owner', now() - interval '1 minute'), ('\\x02', 'owner', now() + interval '1 minute');
    insert into pitchbeat.invitations (hash, owner_id, expires_at) values
      ('\\x01', 'owner', now() - interval '1 minute'), ('\\x02', 'owner', now() + interval '1 minute');
    insert into accounts."user" (id, name, email, "emailVerified") values ('u', 'u', 'u@x.example', true);
    insert into accounts."session" (id, token, "expiresAt", "updatedAt", "userId") values
      ('a', 'a', now() - interval '1 minute', now(), 'u'), ('b', 'b', now() + interval '1 minute', now(), 'u');
    insert into accounts."verification" (id, identifier, value, "expiresAt") values
      ('a', 'a', 'a', now() - interval '1 minute'), ('b', 'b', 'b', now() + interval '1 minute')`)
  for (const letter of ['old', 'young'])
    await putDeadLetter(store.database, {
      delivery: { id: letter, bytes: Buffer.from(letter), tries: 1 },
      entry: null,
      error: new Error('why'),
    })
  await store.pool.query(`update internal.dead_letters set received_at = now() - interval '31 days'
    where payload = convert_to('old', 'UTF8')`)
  await expire()
  expect(await count()).toEqual({ codes: 1, invitations: 1, logins: 1, checks: 1, letters: 1 })
  expect(await tallied('expired:code')).toBe(2)
  for (const outcome of ['expired:login', 'expired:dead_letter', 'dropped:expired', 'dead'])
    expect(await tallied(outcome), outcome).toBe(1)
  const [law] = await store.database.as(service, query =>
    query('select missing from internal.verify_tally()'),
  )
  expect(law).toEqual({ missing: 0 })
})

test('what is said of it are numbers, nothing of what it was', async () => {
  const reader = read(40)
  await save(reader.entries)
  await lead(40, reader.session)
  await keep(30)
  await expire()
  expect(logged).toHaveLength(1)
  expect(JSON.parse(logged[0]!)).toMatchObject({ sessions: 1, opens: 1, leads: 1 })
  for (const word of ['Ada', 'acme', 'confidence', reader.session, campaign.id])
    expect(logged[0]).not.toContain(word)
  await expire()
  expect(logged).toHaveLength(1)
})

test('a dead letter goes with its campaign, one that nobody can read as well, and none is kept afterwards', async () => {
  const bytes = (what: string) => Buffer.from(`{"campaign_id":"${campaign.id}","kind":"${what}`)
  const put = (what: string) =>
    putDeadLetter(store.database, {
      delivery: { id: what, bytes: bytes(what), tries: 1 },
      entry: null,
      error: new Error('cut short'),
    })
  const letters = async () =>
    (await store.pool.query('select from internal.dead_letters where campaign_id = $1', [campaign.id]))
      .rowCount
  await put('one')
  expect(await letters()).toBe(1)
  await store.database.as(service, query =>
    query('select internal.delete_campaign($1, $2)', [campaign.owner_id, campaign.id]),
  )
  await eraseDeleted(store.database)
  expect(await letters()).toBe(0)
  await put('two')
  expect(await letters()).toBe(0)
  const [law] = await store.database.as(service, query =>
    query('select missing from internal.verify_tally()'),
  )
  expect(law).toEqual({ missing: 0 })
})
