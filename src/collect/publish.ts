import type { Entry } from '../contract/entry.ts'
import { Refusal } from '../gate/problem.ts'
import type { Queue } from '../queue/queue.ts'

/** One deadline spans limiter and publish: with the queue down a browser hears 503 within a second. */
const DEADLINE_MS = 800

/**
 * Pushes one entry and waits until it is durable.
 * @param waitedMs what the limiter took of the deadline already
 * @throws Refusal `unavailable` where the queue failed or took too long. It may have taken the entry all the same: the
 * tracker sends it again, and the store does not mind.
 */
export async function publish(queue: Queue, entry: Entry, waitedMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('deadline')), Math.max(1, DEADLINE_MS - waitedMs))
  })
  try {
    await Promise.race([queue.push([entry]), late])
  } catch {
    throw unavailable('Nothing can be recorded right now.')
  } finally {
    clearTimeout(timer)
  }
}

/** @param why a sentence */
export function unavailable(why: string): Refusal {
  return new Refusal('unavailable', `${why} Send the same again in a few seconds.`, { retryAfterS: 5 })
}
