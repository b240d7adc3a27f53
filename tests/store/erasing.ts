import { beforeAll, describe, expect, test } from 'vitest'
import { saveBatch } from '../../src/store/save_batch.ts'
import type { Store } from '../../src/store/store.ts'
import { eraseDeleted } from '../../src/worker/timetable.ts'
import { factsOf, makeCampaign, type TestCampaign } from './campaigns.ts'
import { act, T0, view, visit } from './entries.ts'
import type { StoresOnPostgres } from './open_postgres.ts'

const service = { role: 'service_role' } as const

/** A campaign is deleted at once; what was recorded of it goes a little at a time, while others save. */
export function erasing(stores: () => StoresOnPostgres): void {
  describe('deleting a campaign with many sessions', () => {
    let store: Store
    let other: Store
    beforeAll(async () => {
      store = await stores().open()
      other = await stores().reopen()
    })
    const call = (text: string, values: unknown[] = []) =>
      store.database.as(service, query => query(`select ${text}`, values))
    const eraseSome = async (max: number) => (await call('internal.erase_some($1) as n', [max]))[0]!.n
    const remove = (campaign: TestCampaign) =>
      call('internal.delete_campaign($1, $2)', [campaign.owner_id, campaign.id])
    const save = (to: Store, campaign: TestCampaign) =>
      to.database.as(service, query => saveBatch(query, [visit(campaign).start()]))
    const rows = async (campaign: TestCampaign) =>
      Object.values(await factsOf(store.pool, campaign)).reduce((sum, one) => sum + one.length, 0)

    async function read(campaign: TestCampaign, sessions = 20): Promise<void> {
      const entries = Array.from({ length: sessions }, () => visit(campaign)).flatMap(reader => [
        reader.open(),
        reader.beat(20_000, [view(15_000, { parts: { a: 1, b: 2 } })], [act(), act()]),
      ])
      await store.database.as(service, query => saveBatch(query, entries))
    }

    test('each step removes a few rows in a transaction of its own, and another save commits in between', async () => {
      const [campaign, elsewhere] = [await makeCampaign(store), await makeCampaign(store)]
      await read(campaign)
      const before = await rows(campaign)
      await remove(campaign)
      expect(await rows(campaign)).toBe(before)
      let steps = 0
      for (let left = before; left > 0; steps++) {
        expect(await eraseSome(10)).not.toBe(null)
        await save(other, elsewhere)
        const now = await rows(campaign)
        expect(left - now).toBeLessThanOrEqual(12)
        left = now
      }
      expect(steps).toBeGreaterThan(before / 12)
      expect(await rows(elsewhere)).toBe(3 * steps)
      await eraseDeleted(store.database)
      expect(await eraseSome(10)).toBe(null)
    })

    test('a step under way holds up no save elsewhere, and no second worker takes the same campaign', async () => {
      const [campaign, elsewhere] = [await makeCampaign(store), await makeCampaign(store)]
      await read(campaign)
      await remove(campaign)
      const client = await other.pool.connect()
      try {
        await client.query('begin; set local role service_role')
        await client.query('select internal.erase_some(10)')
        await save(store, elsewhere)
        expect(await eraseSome(10)).toBe(null)
        await client.query('commit')
      } finally {
        client.release()
      }
      await eraseDeleted(store.database)
      expect(await rows(campaign)).toBe(0)
    })

    test('a worker killed in the middle leaves the rest to the next run', async () => {
      const campaign = await makeCampaign(store)
      await read(campaign)
      const before = await rows(campaign)
      await remove(campaign)
      await eraseSome(10)
      const client = await other.pool.connect()
      await client.query('begin; set local role service_role')
      await client.query('select internal.erase_some(10)')
      const { rows: killed } = await store.pool.query('select pg_terminate_backend($1)', [
        (client as unknown as { processID: number }).processID,
      ])
      expect(killed).toEqual([{ pg_terminate_backend: true }])
      client.release(new Error('killed'))
      expect(await rows(campaign)).toBeGreaterThan(before - 13)
      await eraseDeleted(store.database)
      expect(await rows(campaign)).toBe(0)
    })

    test('beats that arrive late, before, between and after the steps, never bring it back', async () => {
      const campaign = await makeCampaign(store)
      const reader = visit(campaign)
      const late = () => [reader.open(), reader.beat(9, [view(5, { parts: { a: 1 } })], [act()])]
      await store.database.as(service, query => saveBatch(query, late()))
      const arrive = () => store.database.as(service, query => saveBatch(query, late()))
      const lead = async () =>
        (
          await call('internal.save_lead($1) as is', [
            {
              campaign_id: campaign.id,
              link_id: campaign.links[0],
              lead_id: crypto.randomUUID(),
              name: 'n',
              email: 'e@x.example',
              message: 'm',
              received_at: T0,
              session: null,
            },
          ])
        )[0]!.is
      await remove(campaign)
      do {
        expect(await arrive()).toEqual({ stored: 0, duplicate: 0, dropped: { unknown_link: 4 } })
        expect(await lead()).toBe('unknown_link')
      } while ((await eraseSome(1)) !== null)
      await arrive()
      expect(await rows(campaign)).toBe(0)
    })

    test('a save under way ends before the deletion, and what it stored goes with the rest', async () => {
      const campaign = await makeCampaign(store)
      const client = await other.pool.connect()
      await client.query('begin; set local role service_role')
      await client.query('select from internal.prepare_save($1)', [campaign.links])
      let deleted = false
      const deleting = remove(campaign).then(() => {
        deleted = true
      })
      await saveBatch(
        async (text, values) => (await client.query(text, values as unknown[])).rows,
        [visit(campaign).start()],
      )
      expect(deleted).toBe(false)
      await client.query('commit')
      client.release()
      await deleting
      expect(await rows(campaign)).toBe(3)
      await eraseDeleted(store.database)
      expect(await rows(campaign)).toBe(0)
    })

    test('a deleted account leaves no link at once, and no row once its facts are removed', async () => {
      const campaign = await makeCampaign(store, { owner: 'leaver' })
      await read(campaign)
      const [{ slug }] = (
        await store.pool.query('select slug from pitchbeat.links where campaign_id = $1', [campaign.id])
      ).rows
      await call('internal.erase_owner($1)', ['leaver'])
      expect(await call('* from internal.page_by_slug($1)', [slug])).toEqual([])
      await eraseDeleted(store.database)
      expect(await rows(campaign)).toBe(0)
      const { rows: campaigns } = await store.pool.query('select from pitchbeat.campaigns where id = $1', [
        campaign.id,
      ])
      expect(campaigns).toEqual([])
    })
  })
}
