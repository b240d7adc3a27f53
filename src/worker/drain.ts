import { LEASE_MS, PULL_MAX } from './pace.ts'
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
  options: Doors & { budgetMs: number; maxEntries: number; leaseMs?: number },
): Promise<DrainAnswer> {
  const { queue, budgetMs, maxEntries, leaseMs = LEASE_MS } = options
  const begun = performance.now()
  const saved = nothingSaved()
  let pulled = 0
  while (pulled < maxEntries && performance.now() - begun < budgetMs) {
    // An empty pull may wait a second for something to come; the count answers at once.
    if ((await queue.depth()) === 0) break
    const deliveries = await queue.pull(Math.min(PULL_MAX, maxEntries - pulled), leaseMs)
    if (deliveries.length === 0) break
    pulled += deliveries.length
    const now = nothingSaved()
    await saveLoad(decodeLoad(deliveries), now, options)
    addSaved(saved, now)
  }
  const remaining = await queue.depth()
  return { ...saved, pulled, remaining, ms: Math.round(performance.now() - begun) }
}
