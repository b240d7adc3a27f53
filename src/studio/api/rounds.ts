import type { Live } from '../../contract/shapes.ts'

/** The campaigns that changed. */
export type Change = ReadonlySet<string> | 'everything'

/** Which campaigns were heard between two looks; null where none was. */
export function whatChanged(
  before: Pick<Live, 'heard' | 'heard_at'>,
  now: Pick<Live, 'heard' | 'heard_at'>,
): Change | null {
  const then = new Map(before.heard.map(one => [one.campaign_id, one.at]))
  const changed = now.heard
    .filter(one => one.at > (then.get(one.campaign_id) ?? ''))
    .map(one => one.campaign_id)
  if (changed.length > 0) return new Set(changed)
  // heard longer ago than the list goes back: the page was hidden or asleep
  return now.heard_at !== before.heard_at && now.heard_at !== null ? 'everything' : null
}

/**
 * Rounds of asking again: one at a time. What changes during a round is asked for in one round after it.
 * @param round asks for what shows the change; answers whether another round must follow, because a request had been
 * under way already
 * @param visible whether anybody can see the answer; while nobody can, changes wait for the next one
 */
export function rounds(
  round: (change: Change) => Promise<boolean>,
  visible: () => boolean,
): (change: Change) => void {
  let waiting: Change | null = null
  let running = false
  const add = (change: Change) => {
    waiting =
      waiting === 'everything' || change === 'everything'
        ? 'everything'
        : new Set([...(waiting ?? []), ...change])
  }
  const run = async () => {
    if (running) return
    running = true
    while (waiting && visible()) {
      const change: Change = waiting
      waiting = null
      if (await round(change).catch(() => false)) add(change)
    }
    running = false
  }
  return change => {
    add(change)
    void run()
  }
}
