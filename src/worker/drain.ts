import { EMBEDDED_PACE, LEASE_MS, type Pace } from './pace.ts'
import { addSaved, type Doors, decodeLoad, nothingSaved, type Saved, saveLoad } from './save_deliveries.ts'

/** What one run on demand did. */
export interface DrainAnswer extends Saved {
  dropped: Record<string, number>
  /** entries pulled */
  pulled: number
  /** entries still in the queue, those on loan to others included */
  remaining: number
  ms: number
}

/**
 * Saves what the queue holds, then ends: by budget, by count, or because there is no more. Several may run at once; the
 * queue lends an entry to one of them.
 * @param options.budgetMs no new pull begins after this many milliseconds
 * @param options.maxEntries pulls at most this many
 * @throws whatever kept it from saving; what was pulled and not acked comes back when its lease ends
 */
export async function drain(
  options: Doors & { budgetMs: number; maxEntries: number; leaseMs?: number; pace?: Pace },
): Promise<DrainAnswer> {
  const { queue, budgetMs, maxEntries, leaseMs = LEASE_MS, pace = EMBEDDED_PACE } = options
  const begun = performance.now()
  const saved = nothingSaved()
  let pulled = 0
  let asked = 0
  let underway = 0
  async function lane(): Promise<void> {
    while (asked < maxEntries && performance.now() - begun < budgetMs) {
      const max = Math.min(pace.entries, maxEntries - asked)
      asked += max
      // An empty pull may wait a second for something to come; the count, less what our own lanes hold, answers at once.
      const deliveries = (await queue.depth()) <= underway ? [] : await queue.pull(max, leaseMs)
      asked += deliveries.length - max
      if (deliveries.length === 0) break
      pulled += deliveries.length
      underway += deliveries.length
      const now = nothingSaved()
      await saveLoad(decodeLoad(deliveries), now, options)
      addSaved(saved, now)
      underway -= deliveries.length
    }
  }
  // all of them end before a failure of one is told: nothing runs on behind the caller's back
  const lanes = await Promise.allSettled(Array.from({ length: pace.saves }, lane))
  for (const one of lanes) if (one.status === 'rejected') throw one.reason
  const remaining = await queue.depth()
  return { ...saved, pulled, remaining, ms: Math.round(performance.now() - begun) }
}
