import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveBatch } from '../../src/store/save_batch.ts'
import type { Store } from '../../src/store/store.ts'
import { makeCampaign, publishAs, type TestCampaign } from './campaigns.ts'
import { act, T0, view, visit } from './entries.ts'

/** The functions through which the service acts; save_batch has a suite of its own. */
export function serviceFunctions(name: string, open: () => Promise<Store>): void {
  describe(`functions of the service: ${name}`, () => {
    let store: Store
    let campaign: TestCampaign
    beforeAll(async () => {
      store = await open()
      campaign = await makeCampaign(store)
    })
    afterAll(() => store?.close())
    const call = async <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
      store.database.as({ role: 'service_role' }, query => query<Row>(`select ${text}`, values))
    const owner = (text: string, values: unknown[] = []) =>
      store.database.as({ role: 'authenticated', owner_id: campaign.owner_id }, query => query(text, values))
    const setLink = (off_at: Date | null, expires_at: Date | null) =>
      owner('update pitchbeat.links set off_at = $1, expires_at = $2', [off_at, expires_at])

    test('page_by_slug says of a slug whether its pages may be shown', async () => {
      const slug = (await owner('select slug from pitchbeat.links'))[0]!.slug
      const state = async (of = slug) =>
        (await call('* from internal.page_by_slug($1)', [of])).map(row => row.state)[0]
      expect((await call('* from internal.page_by_slug($1)', [slug]))[0]).toMatchObject({
        campaign_id: campaign.id,
        link_id: campaign.links[0],
        owner_id: campaign.owner_id,
        title: 'title',
        language: 'en',
        indexable: false,
        published: { pages: {}, html: {} },
        allowed_origins: [],
        retention_days: 760,
        lead_retention_days: 760,
        state: 'live',
      })
      await setLink(new Date(), null)
      expect(await state()).toBe('off')
      await setLink(null, new Date(Date.now() - 1))
      expect(await state()).toBe('off')
      await setLink(new Date(Date.now() + 60_000), new Date(Date.now() + 60_000))
      expect(await state()).toBe('live')
      await setLink(null, null)
      await publishAs(store, campaign, null)
      expect(await state()).toBe('draft')
      expect(await state('nobody-has-this')).toBeUndefined()
    })

    const lead = (more: object = {}) => ({
      campaign_id: campaign.id,
      link_id: campaign.links[0],
      lead_id: crypto.randomUUID(),
      name: 'Ann',
      email: 'ann@acme.example',
      message: 'Hello',
      received_at: T0 + 60_000,
      session: null,
      ...more,
    })
    const saveLead = async (given: object) => (await call('internal.save_lead($1) as is', [given]))[0]!.is
    const session = (id: string) => ({
      id,
      served_at: T0,
      flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
      private: false,
      ua: { class: 'person', device: 'phone', browser: 'Firefox', os: 'Android', hash: 'c0ffee' },
      page: 'contact',
    })

    test('save_lead keeps a lead once, and tells a repetition from another lead', async () => {
      const given = lead()
      expect(await saveLead(given)).toBe('stored')
      expect(await saveLead(given)).toBe('repeat')
      expect(await saveLead({ ...given, message: 'Other' })).toBe('conflict')
      expect(await owner('select message from pitchbeat.leads where id = $1', [given.lead_id])).toEqual([
        { message: 'Hello' },
      ])
    })

    test('save_lead writes the session and the event that the lead is, whichever comes first', async () => {
      for (const leadFirst of [true, false]) {
        const reader = visit(campaign)
        const given = lead({ session: session(reader.session) })
        const beat = () =>
          store.database.as({ role: 'service_role' }, query =>
            saveBatch(query, [reader.beat(20_000, [view(15_000)])]),
          )
        if (leadFirst) await saveLead(given)
        await beat()
        if (!leadFirst) await saveLead(given)
        const [row] = await owner(
          'select leads, acts, active_ms, flag, input from public.campaign_sessions where id = $1',
          [reader.session],
        )
        expect(row).toEqual({ leads: 1, acts: 1, active_ms: 15_000, flag: 'engaged', input: true })
        const events = await owner(
          `select id, claimed from public.campaign_events where session_id = $1 and type = 'lead_submit'`,
          [reader.session],
        )
        expect(events).toEqual([{ id: given.lead_id, claimed: false }])
      }
    })

    test('erase_lead takes the lead, its event and its count, and the same form sent again stays gone', async () => {
      const reader = visit(campaign)
      const given = lead({ session: session(reader.session) })
      await saveLead(given)
      await store.database.as({ role: 'service_role' }, query =>
        saveBatch(query, [reader.beat(20_000, [view(15_000)], [act()])]),
      )
      const erase = async () =>
        (
          await call('internal.erase_lead($1, $2, $3) as done', [
            campaign.owner_id,
            campaign.id,
            given.lead_id,
          ])
        )[0]!.done
      const left = async () => [
        await owner('select name from pitchbeat.leads where id = $1', [given.lead_id]),
        await owner('select type from public.campaign_events where id = $1', [given.lead_id]),
        await owner('select leads, acts, flag from public.campaign_sessions where id = $1', [reader.session]),
      ]
      expect(await left()).toEqual([
        [{ name: 'Ann' }],
        [{ type: 'lead_submit' }],
        [{ leads: 1, acts: 2, flag: 'engaged' }],
      ])
      expect(await erase()).toBe(true)
      const gone = [[], [], [{ leads: 0, acts: 1, flag: 'engaged' }]]
      expect(await left()).toEqual(gone)
      expect(await erase()).toBe(false)
      expect(await saveLead(given)).toBe('erased')
      expect(await left()).toEqual(gone)
      expect(await call('* from internal.verify($1)', [campaign.id])).toEqual([])
    })

    test('save_lead keeps the letter of a reader whose session was erased, without the session', async () => {
      const reader = visit(campaign)
      await store.database.as({ role: 'service_role' }, query => saveBatch(query, [reader.start()]))
      await call('internal.erase_session($1, $2, $3)', [campaign.owner_id, campaign.id, reader.session])
      const given = lead({ session: session(reader.session) })
      expect(await saveLead(given)).toBe('stored')
      expect(await owner('select session_id from pitchbeat.leads where id = $1', [given.lead_id])).toEqual([
        { session_id: null },
      ])
      expect(await owner('select id from public.campaign_sessions where id = $1', [reader.session])).toEqual(
        [],
      )
    })

    test('save_lead refuses a link that is off, and one that is not there', async () => {
      await setLink(new Date(T0), null)
      expect(await saveLead(lead())).toBe('link_off')
      await setLink(null, null)
      expect(await saveLead(lead({ link_id: crypto.randomUUID() }))).toBe('unknown_link')
      expect(await saveLead(lead({ campaign_id: crypto.randomUUID() }))).toBe('unknown_link')
    })

    test('overrule changes the figures, and takes its word back', async () => {
      const reader = visit(campaign)
      await store.database.as({ role: 'service_role' }, query =>
        saveBatch(query, [reader.open(), reader.start(), reader.beat(20_000, [view(15_000)], [act()])]),
      )
      const say = async (subject: string, id: string, verdict: string | null) =>
        (
          await call('internal.overrule($1, $2, $3, $4, $5) as done', [
            campaign.owner_id,
            campaign.id,
            subject,
            id,
            verdict,
          ])
        )[0]!.done
      const judged = async () =>
        (
          await owner(
            'select verdict, reason, actual_session, counted_ms from public.campaign_sessions where id = $1',
            [reader.session],
          )
        )[0]
      const person = { verdict: 'person', reason: 'person', actual_session: 1, counted_ms: 15_000 }
      expect(await judged()).toEqual(person)
      expect(await say('session', reader.session, 'bot')).toBe(true)
      expect(await judged()).toEqual({
        verdict: 'bot',
        reason: 'overruled',
        actual_session: 0,
        counted_ms: 0,
      })
      expect(await say('session', reader.session, null)).toBe(true)
      expect(await judged()).toEqual(person)
      expect(await say('open', reader.open_id, 'owner')).toBe(true)
      expect(
        await owner('select verdict from public.campaign_opens where id = $1', [reader.open_id]),
      ).toEqual([{ verdict: 'owner' }])
      expect(await say('session', crypto.randomUUID(), 'bot')).toBe(false)
    })

    test('the figures of a campaign are those of persons, and without an Actual session there is no rate', async () => {
      const mine = await makeCampaign(store, { owner: 'figures' })
      const figures = () =>
        store.database.as({ role: 'authenticated', owner_id: 'figures' }, async query => {
          const [row] = await query('select * from public.campaign_performance where campaign_id = $1', [
            mine.id,
          ])
          return row
        })
      const none = {
        actual_sessions: 0,
        engaged_sessions: 0,
        new_sessions: 0,
        engagement_rate: null,
        total_time_ms: 0,
        last_read_at: null,
      }
      expect(await figures()).toMatchObject(none)
      const [short, long, engaged, bot] = [visit(mine), visit(mine), visit(mine), visit(mine)]
      const crawler = bot.beat(60_000, [view(55_000)], [act()])
      crawler.ua = { ...crawler.ua, class: 'crawler' }
      await store.database.as({ role: 'service_role' }, query =>
        saveBatch(query, [
          ...[short, long, engaged, bot].map(reader => reader.start()),
          short.beat(9_000, [view(8_000)], [act()]),
          long.beat(30_000, [view(20_000)]),
          engaged.beat(31_000, [view(25_000)], [act()]),
          crawler,
        ]),
      )
      expect(await figures()).toMatchObject({
        actual_sessions: 2,
        engaged_sessions: 1,
        new_sessions: 1,
        engagement_rate: 0.5,
        total_time_ms: 53_000,
        last_read_at: new Date(T0 + 31_000),
      })
    })

    test('token_owner knows a token by its hash, and notes its use', async () => {
      const hash = Buffer.from('a-hash')
      await owner(`insert into pitchbeat.tokens (name, scope, hash) values ('t', 'write', $1)`, [hash])
      expect(await call('* from internal.token_owner($1)', [hash])).toEqual([
        { owner_id: campaign.owner_id, scope: 'write', version: 1 },
      ])
      expect(await owner('select last_used_at is not null as used from pitchbeat.tokens')).toEqual([
        { used: true },
      ])
      expect(await call('* from internal.token_owner($1)', [Buffer.from('other')])).toEqual([])
    })

    test('redeem_mine_code works once, and not after its time', async () => {
      const redeem = async (hash: string, marked: string | null = null) =>
        (await call('* from internal.redeem_mine_code($1, $2)', [Buffer.from(hash), marked]))[0] ?? null
      const make = (hash: string, expires: Date) =>
        owner('insert into pitchbeat.mine_codes (hash, expires_at) values ($1, $2)', [
          Buffer.from(hash),
          expires,
        ])
      await make('fresh', new Date(Date.now() + 60_000))
      await make('stale', new Date(Date.now() - 1))
      const { owner_id } = campaign
      expect(await redeem('fresh', 'another owner')).toEqual({ owner_id, redeemed: false })
      expect(await redeem('fresh', owner_id)).toEqual({ owner_id, redeemed: true })
      expect(await redeem('fresh')).toBe(null)
      expect(await redeem('stale')).toBe(null)
      expect(await redeem('unknown')).toBe(null)
      expect((await store.pool.query('select count(*) as n from pitchbeat.mine_codes')).rows).toEqual([
        { n: 0 },
      ])
    })

    test('the depth of the inbox is exact where it is small, and goes on growing where counting would take long', async () => {
      const push = (n: number) =>
        store.pool.query(`insert into internal.inbox (body) select 'x' from generate_series(1, ${n})`)
      const depth = async () => (await call('internal.inbox_depth() as n'))[0]!.n
      expect(await depth()).toBe(0)
      await push(9_000)
      expect(await depth()).toBe(9_000)
      await push(6_000)
      expect(await depth()).toBe(15_000)
      await store.pool.query('delete from internal.inbox where id % 5 = 0')
      // those missing behind the first 10 000 are still counted; never too few, or collect would take more than it may
      expect(await depth()).toBeGreaterThanOrEqual(12_000)
      expect(await depth()).toBeLessThan(15_000)
      await store.pool.query('delete from internal.inbox')
      expect(await depth()).toBe(0)
    })

    test('a dead letter waits until it went back to the queue, and the tally follows', async () => {
      const tally = async () => (await call('dead, received, missing from internal.verify_tally()'))[0]!
      const before = await tally()
      await call('internal.put_dead_letter($1, $2, $3, $4, $5, $6, $7)', [
        'refused',
        '22021',
        'why',
        Buffer.from([1, 0, 2]),
        campaign.id,
        null,
        4,
      ])
      const letters = await call<{ id: number; payload: Buffer }>('* from internal.take_dead_letters(10)')
      expect(letters).toMatchObject([
        { reason: 'refused', sqlstate: '22021', payload: Buffer.from([1, 0, 2]) },
      ])
      expect(await call('* from internal.take_dead_letters(10, $1)', [letters[0]!.id])).toEqual([])
      expect(await tally()).toEqual({ dead: 4, received: Number(before.received) + 4, missing: 0 })
      await call('internal.drop_dead_letters($1)', [[letters[0]!.id]])
      expect(await tally()).toEqual(before)
      expect(await call('* from internal.take_dead_letters(10)')).toEqual([])
    })

    test('verify finds a sum that is not the recount of its facts', async () => {
      const reader = visit(campaign)
      await store.database.as({ role: 'service_role' }, query =>
        saveBatch(query, [reader.beat(9, [view(5)])]),
      )
      expect(await call('* from internal.verify($1)', [campaign.id])).toEqual([])
      await store.pool.query('update internal.sessions set active_ms = 6, acts = 1 where id = $1', [
        reader.session,
      ])
      expect(await call('* from internal.verify($1)', [campaign.id])).toMatchObject([
        {
          session_id: reader.session,
          stored: { active_ms: 6, acts: 1 },
          recounted: { active_ms: 5, acts: 0 },
        },
      ])
    })
  })
}
