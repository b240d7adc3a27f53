import type { Queue } from '../queue/queue.ts'

const REFRESH_MS = 1_000
/** An older count says nothing: after a quiet hour the first request must not be refused for a backlog long saved. */
const STALE_MS = 5_000

/**
 * Whether the queue holds more than it should, without asking it on the request's way: the count in memory is at most
 * about a second old, and a request that finds it older starts a new one and does not wait for it.
 * @param max `QUEUE_MAX`, entries
 */
export function watchBacklog(queue: Queue, max: number): { full(): boolean } {
  let depth = 0
  let countedAt = 0
  let askedAt = 0
  function count(now: number) {
    askedAt = now
    queue.depth().then(
      found => {
        depth = found
        countedAt = Date.now()
      },
      () => {}, // a queue that is away refuses the push itself
    )
  }
  return {
    full() {
      const now = Date.now()
      if (now - askedAt >= REFRESH_MS) count(now)
      return depth >= max && now - countedAt < STALE_MS
    },
  }
}
