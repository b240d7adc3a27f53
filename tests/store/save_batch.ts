import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Entry } from '../../src/contract/entry.ts'
import { itemsOf, type SaveOutcome, saveBatch } from '../../src/store/save_batch.ts'
import type { Store } from '../../src/store/store.ts'
import { eraseDeleted } from '../../src/worker/timetable.ts'
import { makeCampaign, type TestCampaign } from './campaigns.ts'
import { act, T0, view, visit } from './entries.ts'

/** What a save answers and leaves out, and why. */
export function savingABatch(name: string, open: () => Promise<Store>): void {
  describe(`saving: ${name}`, () => {
    let store: Store
    let campaign: TestCampaign
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store?.close())
    beforeEach(async () => {
      campaign = await makeCampaign(store)
    })

    /** Every answer must add up to what was given. */
    async function save(...entries: Entry[]): Promise<SaveOutcome> {
      const outcome = await store.database.as({ role: 'service_role' }, query => saveBatch(query, entries))
      const dropped = Object.values(outcome.dropped).reduce((sum, n) => sum + n, 0)
      const parts = outcome.dropped.too_many_parts ?? 0
      expect(outcome.stored + outcome.duplicate + dropped - parts).toBe(
        entries.reduce((sum, entry) => sum + itemsOf(entry), 0),
      )
      return outcome
    }
    const service = <Row>(text: string, values: unknown[]) =>
      store.database.as({ role: 'service_role' }, query => query<Row>(text, values))
    const rows = async (text: string) => (await store.pool.query(text, [campaign.id])).rows
    const one = async (text: string) => (await rows(text))[0]
    const sessions = () => rows('select * from internal.sessions where campaign_id = $1')

    test('an empty batch changes nothing', async () => {
      expect(await save()).toEqual({ stored: 0, duplicate: 0, dropped: {} })
    })

    test('stores a visit, counted in items', async () => {
      const reader = visit(campaign)
      const outcome = await save(
        reader.open(),
        reader.start(),
        reader.beat(
          20_000,
          [view(15_000), view(4_000, { page: 'contact' })],
          [act(), act({ type: 'external_link' })],
        ),
      )
      // the two session facts are one row; the claim of the open is no item
      expect(outcome).toEqual({ stored: 6, duplicate: 1, dropped: {} })
      expect(await sessions()).toMatchObject([
        {
          active_ms: 19_000,
          view_count: 2,
          acts: 2,
          ctas: 1,
          externals: 1,
          summary_ms: 15_000,
          contact_ms: 4_000,
        },
      ])
      expect(await one('select * from internal.opens where campaign_id = $1')).toMatchObject({
        claimed_by: reader.session,
        at: new Date(T0),
      })
    })

    test('writes the opening of the link as an event that no one can take away or double', async () => {
      const reader = visit(campaign)
      await save(reader.beat(5_000, [], [act({ id: reader.session, type: 'cta_click' })]))
      await save(reader.start(2_000))
      const events = await rows('select id, type, at from internal.events where campaign_id = $1')
      expect(events).toEqual([{ id: reader.session, type: 'link_open', at: new Date(T0 + 2_000) }])
      expect(await sessions()).toMatchObject([{ acts: 0 }])
    })

    test('an event happened when it was sent less its age, but not before the page was served', async () => {
      const reader = visit(campaign)
      const [inTime, tooOld] = [act({ ago_ms: 3_000 }), act({ ago_ms: 86_400_000 })]
      await save(reader.beat(10_000, [], [inTime, tooOld]))
      const at = async (id: string) =>
        (await store.pool.query('select at from internal.events where id = $1', [id])).rows[0].at
      expect(await at(inTime.id)).toEqual(new Date(T0 + 7_000))
      expect(await at(tooOld.id)).toEqual(new Date(T0))
    })

    test('a session is judged by the window that its page was served with, whatever the setting is by now', async () => {
      const minutes = (n: number) => n * 60_000
      const fixed = (window_ms?: number) => {
        const reader = visit(campaign)
        const read = view(0)
        const beats = [1, 10, 20, 30, 40, 50].map(n =>
          reader.beat(minutes(n), [{ ...read, active_ms: minutes(n) }]),
        )
        return beats.map(beat => ({
          ...beat,
          flags: { ...beat.flags, sliding: false },
          ...(window_ms === undefined ? {} : { window_ms }),
        }))
      }
      // two settings in one database, and an entry from before the window travelled
      await save(...fixed(minutes(120)), ...fixed(minutes(30)), ...fixed())
      const judged = await store.database.as({ role: 'authenticated', owner_id: campaign.owner_id }, query =>
        query(
          `select credited_ms::int, verdict, reason from public.campaign_sessions
           where campaign_id = $1 order by credited_ms desc`,
          [campaign.id],
        ),
      )
      const halfAnHour = { credited_ms: minutes(30), verdict: 'bot', reason: 'impossible_time' }
      expect(judged).toEqual([
        { credited_ms: minutes(50), verdict: 'person', reason: 'person' },
        halfAnHour,
        halfAnHour,
      ])
    })

    test('a session that pages of two settings tell of has the longer window', async () => {
      const reader = visit(campaign)
      const beat = (at: number, window_ms: number) => ({ ...reader.beat(at, [view(1)]), window_ms })
      await save(beat(1, 600_000), beat(2, 7_200_000))
      await save(beat(3, 60_000))
      expect(await sessions()).toMatchObject([{ window_ms: 7_200_000 }])
    })

    test('drops what is for no link of ours, or for another campaign’s', async () => {
      const elsewhere = await makeCampaign(store)
      const reader = visit(campaign, elsewhere.links[0]!)
      const stranger = visit({ ...campaign, id: crypto.randomUUID() })
      expect(await save(reader.beat(9, [view(1)]), stranger.open())).toMatchObject({
        dropped: { unknown_link: 3 },
      })
      expect(await sessions()).toEqual([])
    })

    test('drops what was received after the link was switched off, and keeps what was before', async () => {
      await store.pool.query('update pitchbeat.links set off_at = $2 where campaign_id = $1', [
        campaign.id,
        new Date(T0 + 10_000),
      ])
      const reader = visit(campaign)
      const [before, after] = [reader.beat(9_999, [view(5_000)]), reader.beat(10_000, [view(6_000)], [act()])]
      expect(await save(after, before)).toEqual({ stored: 2, duplicate: 0, dropped: { link_off: 3 } })
      expect(await sessions()).toMatchObject([{ active_ms: 5_000, acts: 0 }])
    })

    test('drops what was received after the link expired', async () => {
      await store.pool.query('update pitchbeat.links set expires_at = $2 where campaign_id = $1', [
        campaign.id,
        new Date(T0),
      ])
      expect(await save(visit(campaign).open(0))).toEqual({
        stored: 0,
        duplicate: 0,
        dropped: { link_off: 1 },
      })
    })

    test('drops a lead that the browser sends where the page is ours, and keeps it as claimed where it is not', async () => {
      const hosted = visit(campaign).beat(9, [], [act({ type: 'lead_submit' })])
      expect(await save(hosted)).toEqual({ stored: 1, duplicate: 0, dropped: { hosted_lead: 1 } })
      const embedded = visit(campaign).beat(9, [], [act({ type: 'lead_submit' })])
      embedded.flags.hosted = false
      expect(await save(embedded)).toMatchObject({ stored: 2, dropped: {} })
      const events = await rows(
        `select claimed from internal.events where campaign_id = $1 and type = 'lead_submit'`,
      )
      expect(events).toEqual([{ claimed: true }])
    })

    test('keeps 200 views and 1000 events of a session, and knows those it has', async () => {
      const reader = visit(campaign)
      const some = (n: number) => Array.from({ length: n }, () => view(10, { parts: { a: 1 } }))
      const first = some(150)
      expect(await save(reader.beat(1, first))).toMatchObject({ stored: 151 })
      expect(await save(reader.beat(2, [...some(60), ...first]))).toMatchObject({
        dropped: { too_many_views: 10 },
      })
      expect(await save(reader.beat(3, some(5)))).toMatchObject({ dropped: { too_many_views: 5 } })
      expect(await save(reader.beat(3, first))).toMatchObject({ dropped: {} })
      const acts = Array.from({ length: 1_003 }, () => act())
      expect(await save(reader.beat(4, [], acts))).toMatchObject({ dropped: { too_many_events: 3 } })
      expect(await save(reader.beat(5, [], [act()]))).toMatchObject({ dropped: { too_many_events: 1 } })
      expect(await sessions()).toMatchObject([{ view_count: 200, acts: 1_000, active_ms: 2_000 }])
      expect(await one('select count(*) as n from internal.view_parts where campaign_id = $1')).toEqual({
        n: 200,
      })
    })

    test('a crowded session takes nothing from the others in the same save', async () => {
      const crowded = visit(campaign)
      const other = visit(campaign)
      const outcome = await save(
        crowded.beat(
          1,
          Array.from({ length: 201 }, () => view(1)),
        ),
        other.beat(1, [view(7, { parts: { a: 3 } })], [act()]),
      )
      expect(outcome.dropped).toEqual({ too_many_views: 1 })
      const [row] = (
        await store.pool.query('select active_ms, acts from internal.sessions where id = $1', [other.session])
      ).rows
      expect(row).toEqual({ active_ms: 7, acts: 1 })
    })

    test('keeps 50 parts of a view', async () => {
      const reader = visit(campaign)
      const id = crypto.randomUUID()
      const parts = (from: number, n: number) =>
        Object.fromEntries(Array.from({ length: n }, (_, i) => [`part-${from + i}`, 5]))
      await save(reader.beat(1, [view(10, { id, parts: parts(0, 48) })]))
      const outcome = await save(reader.beat(2, [view(10, { id, parts: { ...parts(46, 10), 'part-0': 9 } })]))
      expect(outcome.dropped).toEqual({ too_many_parts: 6 })
      expect(
        await one(
          'select count(*) as n, sum(active_ms) as ms from internal.view_parts where campaign_id = $1',
        ),
      ).toEqual({ n: 50, ms: 254 })
    })

    test('what was erased stays erased, late arrivals and its open included', async () => {
      const reader = visit(campaign)
      await save(reader.open(), reader.beat(9, [view(5, { parts: { a: 1 } })], [act()]))
      const erase = (owner: string) =>
        service('select internal.erase_session($1, $2, $3) as done', [owner, campaign.id, reader.session])
      expect(await erase('somebody else')).toEqual([{ done: false }])
      expect(await erase(campaign.owner_id)).toEqual([{ done: true }])
      expect(await save(reader.open(), reader.beat(20, [view(9)]))).toEqual({
        stored: 0,
        duplicate: 0,
        dropped: { erased: 3 },
      })
      for (const table of ['sessions', 'views', 'view_parts', 'events', 'opens'])
        expect(await rows(`select * from internal.${table} where campaign_id = $1`), table).toEqual([])
    })

    test('a deleted campaign keeps nothing but its slugs, and takes nothing more', async () => {
      const reader = visit(campaign)
      await save(reader.beat(9, [view(5)], [act()]))
      const remove = (owner: string) =>
        service('select internal.delete_campaign($1, $2) as done', [owner, campaign.id])
      expect(await remove('somebody else')).toEqual([{ done: false }])
      expect(await remove(campaign.owner_id)).toEqual([{ done: true }])
      expect(await save(reader.beat(20, [view(9)]))).toMatchObject({ dropped: { unknown_link: 2 } })
      await eraseDeleted(store.database)
      expect(await sessions()).toEqual([])
      const [{ slug }] = await rows('select slug from pitchbeat.links where campaign_id = $1')
      expect(await service('select state, title from internal.page_by_slug($1)', [slug])).toEqual([
        { state: 'gone', title: 'deleted' },
      ])
    })

    test('an erased owner leaves nothing', async () => {
      const mine = await makeCampaign(store, { owner: 'leaving' })
      await save(visit(mine).beat(9, [view(5)], [act()]))
      await service('select internal.erase_owner($1)', ['leaving'])
      await eraseDeleted(store.database)
      for (const table of ['internal.sessions', 'internal.events', 'pitchbeat.links', 'pitchbeat.campaigns'])
        expect(
          (
            await store.pool.query(
              `select * from ${table} where ${table.endsWith('campaigns') ? 'id' : 'campaign_id'} = $1`,
              [mine.id],
            )
          ).rows,
        ).toEqual([])
    })

    test('NUL fails as data, so that the worker can put the entry aside', async () => {
      const reader = visit(campaign)
      await expect(save(reader.beat(1, [view(1, { page: 'a\0b' })]))).rejects.toMatchObject({ code: '22021' })
    })

    test('adds up over the whole day', async () => {
      expect(await service('select missing, received > 0 as some from internal.verify_tally()', [])).toEqual([
        { missing: 0, some: true },
      ])
    })
  })
}
