import type { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { MemoryLimiter } from './memory_limiter.ts'

/** How often a process tells the others what it counted. */
const TELL_MS = 500

/**
 * Counts in this process and evens out with the others through Redis twice a second: one command an address and half a
 * second instead of one a request (docs/decisions/0021). What it can let through too much is what the other processes
 * took within that half second. With Redis away it goes on counting alone.
 */
export class SharedLimiter extends MemoryLimiter {
  #untold = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #telling = false
  readonly #shared: RateLimiterRedis

  constructor(shared: RateLimiterRedis) {
    super({ keyPrefix: shared.keyPrefix, points: shared.points, duration: shared.duration })
    this.#shared = shared
  }

  override consume(key: string, points = 1): Promise<RateLimiterRes> {
    if (this.counts(key)) this.#untold.set(key, (this.#untold.get(key) ?? 0) + points)
    this.#timer ??= setTimeout(() => void this.tell(), TELL_MS).unref()
    return super.consume(key, points)
  }

  /** Tells Redis what was counted here since the last time, and takes over the sum of all processes. */
  async tell(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#telling) return // a Redis that hangs is told the rest once it answers
    this.#telling = true
    const told = this.#untold
    this.#untold = new Map()
    await Promise.all(
      [...told].map(async ([key, points]) => {
        const sum = await this.#shared.penalty(key, points).catch(() => null)
        if (sum === null) return
        const since = this.#untold.get(key) ?? 0
        await this.set(key, sum.consumedPoints + since, Math.max(1, Math.ceil(sum.msBeforeNext / 1000)))
      }),
    )
    this.#telling = false
  }
}
