import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveBatch } from '../../src/store/save_batch.ts'
import type { Store } from '../../src/store/store.ts'
import { redelivery, SHRINK_MS, sketch } from './arbitrary_entries.ts'
import { factsOf, makeCampaign } from './campaigns.ts'

const sketches = fc.array(sketch, { minLength: 1, maxLength: 14 })
const deliveries = sketches.chain(some => fc.tuple(fc.constant(some), redelivery(some.length)))

/** Order, repetition and the cut into batches cannot be seen in what is stored (docs/merge-laws.md). */
export function saveLaws(name: string, open: () => Promise<Store>, numRuns: number): void {
  describe(`the laws of saving: ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store?.close())
    const save = (entries: Parameters<typeof saveBatch>[1]) =>
      store.database.as({ role: 'service_role' }, query => saveBatch(query, entries))

    test('any order, repetition and re-batching of the same entries gives identical rows', {
      timeout: 2 * SHRINK_MS,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(deliveries, async ([some, chunks]) => {
          const atOnce = await makeCampaign(store, { links: 2 })
          const later = await makeCampaign(store, { links: 2 })
          await save(some.map(entry => entry(atOnce)))
          for (const chunk of chunks) await save(chunk.map(i => some[i]!(later)))
          expect(await factsOf(store.pool, later)).toEqual(await factsOf(store.pool, atOnce))
        }),
        { numRuns, interruptAfterTimeLimit: SHRINK_MS },
      )
    })

    test('what was saved is known: saving it again stores nothing and changes nothing', {
      timeout: 2 * SHRINK_MS,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(sketches, async some => {
          const campaign = await makeCampaign(store, { links: 2 })
          const entries = some.map(entry => entry(campaign))
          await save(entries)
          const facts = await factsOf(store.pool, campaign)
          expect((await save(entries)).stored).toBe(0)
          expect(await factsOf(store.pool, campaign)).toEqual(facts)
        }),
        { numRuns: Math.ceil(numRuns / 2), interruptAfterTimeLimit: SHRINK_MS },
      )
    })

    test('every item given is stored, known or dropped for a reason, and the sums are those of the facts', async () => {
      const { rows } = await store.pool.query('select * from internal.verify_tally()')
      expect(rows[0].received).toBeGreaterThan(0)
      expect(rows[0].missing).toBe(0)
      expect((await store.pool.query('select * from internal.verify()')).rows).toEqual([])
    })
  })
}
