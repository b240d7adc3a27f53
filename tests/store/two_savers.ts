import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Entry } from '../../src/contract/entry.ts'
import { saveBatch } from '../../src/store/save_batch.ts'
import type { Store } from '../../src/store/store.ts'
import { until } from '../servers/until.ts'
import { redelivery, SHRINK_MS, sketch } from './arbitrary_entries.ts'
import { factsOf, makeCampaign, type TestCampaign } from './campaigns.ts'
import { act, view, visit } from './entries.ts'
import type { StoresOnPostgres } from './open_postgres.ts'

const deliveries = fc
  .array(sketch, { minLength: 2, maxLength: 14 })
  .chain(some => fc.tuple(fc.constant(some), redelivery(some.length), redelivery(some.length)))

/** Two workers on connections of their own, saving the same sessions at the same time. */
export function twoSavers(stores: () => StoresOnPostgres): void {
  describe('two workers that save at once', () => {
    let one: Store
    let other: Store
    beforeAll(async () => {
      one = await stores().open()
      other = await stores().reopen()
    })
    const save = (store: Store, entries: Entry[]) =>
      store.database.as({ role: 'service_role' }, query => saveBatch(query, entries))

    test('leave the same rows as one that saves everything in one go', {
      timeout: 2 * SHRINK_MS,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(deliveries, async ([some, chunks, again]) => {
          const alone = await makeCampaign(one, { links: 2 })
          const both = await makeCampaign(one, { links: 2 })
          await save(
            one,
            some.map(entry => entry(alone)),
          )
          const all = async (store: Store, list: number[][]) => {
            for (const chunk of list)
              await save(
                store,
                chunk.map(i => some[i]!(both)),
              )
          }
          await Promise.all([all(one, chunks), all(other, again)])
          expect(await factsOf(one.pool, both)).toEqual(await factsOf(one.pool, alone))
        }),
        { numRuns: 100, interruptAfterTimeLimit: SHRINK_MS },
      )
      expect((await one.pool.query('select * from internal.verify()')).rows).toEqual([])
    })

    test('count both their beats where one waits for the other to commit', async () => {
      const campaign = await makeCampaign(one)
      const session = crypto.randomUUID()
      const beat = (active_ms: number): Entry => ({
        kind: 'batch',
        received_at: Date.UTC(2026, 0, 1) + active_ms,
        served_at: Date.UTC(2026, 0, 1),
        campaign_id: campaign.id,
        link_id: campaign.links[0]!,
        open_id: null,
        flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
        private: false,
        ua: { class: 'person', device: null, browser: null, os: null, hash: null },
        body: {
          session,
          state: 'reading',
          input: true,
          automated: false,
          views: [{ id: crypto.randomUUID(), page: 'summary', active_ms, scroll: 0, parts: {} }],
          events: [],
        },
      })
      const waitingFor = until('the second saver waits for the first', async () => {
        const { rows } = await one.pool.query('select count(*) as n from pg_locks where not granted')
        return rows[0].n > 0
      })
      let saveSecond = () => {}
      const second = new Promise<void>(resolve => {
        saveSecond = resolve
      }).then(() => save(other, [beat(20_000)]))
      await one.database.as({ role: 'service_role' }, async query => {
        await saveBatch(query, [beat(10_000)])
        saveSecond()
        await waitingFor
      })
      await second
      const { rows } = await one.pool.query('select active_ms from internal.sessions where id = $1', [
        session,
      ])
      expect(rows).toEqual([{ active_ms: 30_000 }])
    })

    test('let nothing slip past an erasure that waits for them', async () => {
      const campaign = await makeCampaign(one)
      const reader = visit(campaign)
      await save(one, [reader.start()])
      const waitingFor = until('the erasure waits for the save', async () => {
        const { rows } = await one.pool.query('select count(*) as n from pg_locks where not granted')
        return rows[0].n > 0
      })
      let eraseNow = () => {}
      const erased = new Promise<void>(resolve => {
        eraseNow = resolve
      }).then(() =>
        other.database.as({ role: 'service_role' }, query =>
          query('select internal.erase_session($1, $2, $3) as done', [
            campaign.owner_id,
            campaign.id,
            reader.session,
          ]),
        ),
      )
      await one.database.as({ role: 'service_role' }, async query => {
        await saveBatch(query, [reader.open(), reader.beat(9, [view(5, { parts: { a: 1 } })], [act()])])
        eraseNow()
        await waitingFor
      })
      expect(await erased).toEqual([{ done: true }])
      for (const [table, rows] of Object.entries(await factsOf(one.pool, campaign)))
        expect(rows, table).toEqual([])
    })

    const erase = (store: Store, campaign: TestCampaign, session: string) =>
      store.database.as({ role: 'service_role' }, query =>
        query('select internal.erase_session($1, $2, $3) as done', [campaign.owner_id, campaign.id, session]),
      )

    /** A transaction of the other process that stays open while `work` runs. */
    const whileOpen = async (role: string, statement: string, work: () => Promise<void>) => {
      const client = await other.pool.connect()
      try {
        await client.query(`begin; set local role ${role}`)
        await client.query(statement)
        await work()
      } finally {
        await client.query('rollback')
        client.release()
      }
    }

    test('wait for no lock that a stranger can take', async () => {
      const campaign = await makeCampaign(one)
      // the first is the key that saves and erasures once shared
      await whileOpen('anon', 'select pg_advisory_xact_lock(7305, 1), pg_advisory_xact_lock(1)', async () => {
        await one.database.as({ role: 'service_role' }, async query => {
          await saveBatch(query, [visit(campaign).start()])
          const [held] = await query(
            `select count(*) as n from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'`,
          )
          expect(held).toEqual({ n: 0 })
        })
      })
      for (const role of ['anon', 'authenticated', 'service_role'])
        await expect(
          whileOpen(role, 'select from internal.save_locks for update', async () => {}),
        ).rejects.toMatchObject({ code: '42501' })
    })

    test('do not wait for an erasure in a campaign of another bucket', async () => {
      const campaign = await makeCampaign(one)
      const bucketOf = async ({ id }: TestCampaign) =>
        (await one.pool.query('select internal.bucket_of($1) as bucket', [id])).rows[0].bucket
      let elsewhere = await makeCampaign(one)
      while ((await bucketOf(elsewhere)) === (await bucketOf(campaign))) elsewhere = await makeCampaign(one)
      const erasing = `select internal.lock_for_erasing(array['${campaign.id}'::uuid])`
      await whileOpen('pitchbeat_owner', erasing, async () => {
        await save(one, [visit(elsewhere).start()])
      })
    })

    test('let an erasure have its turn, though one of them is always saving', async () => {
      const campaign = await makeCampaign(one)
      const erased = visit(campaign)
      await save(one, [erased.start()])
      let done = false
      let rounds = 0
      // Each save stays open until the other process is in its next one, or waits for the erasure.
      let begun = () => {}
      const savingOn = async (store: Store) => {
        while (!done && rounds < 200)
          await store.database.as({ role: 'service_role' }, async query => {
            await saveBatch(query, [visit(campaign).start()])
            rounds += 1
            begun()
            const next = new Promise<void>(resolve => {
              begun = resolve
            })
            if (!done) await Promise.race([next, wait(1_000)])
          })
        begun()
      }
      const savers = [savingOn(one), savingOn(other)]
      await until('both save', async () => rounds > 2)
      await erase(await stores().reopen(), campaign, erased.session)
      done = true
      expect(rounds).toBeLessThan(200)
      await Promise.all(savers)
    })
  })
}
