import { type IRateLimiterOptions, RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'

/** As many addresses are counted one by one; about 30 MB. */
export const KEYS_MAX = 100_000
const ALL_OTHERS = 'all others'

/**
 * Counts in this process. Addresses beyond `keysMax` within one window share one allowance, so that a flood from ever
 * new addresses fills no memory.
 */
export class MemoryLimiter extends RateLimiterMemory {
  readonly #keysMax: number
  #keys = new Set<string>()
  #until = 0

  constructor(options: IRateLimiterOptions, keysMax = KEYS_MAX) {
    super(options)
    this.#keysMax = keysMax
  }

  override consume(key: string, points = 1): Promise<RateLimiterRes> {
    return super.consume(this.counts(key) ? key : ALL_OTHERS, points)
  }

  /** Whether this address is counted by itself. */
  protected counts(key: string): boolean {
    const now = Date.now()
    if (now >= this.#until) {
      this.#keys.clear()
      this.#until = now + this.duration * 1_000
    }
    if (this.#keys.has(key)) return true
    if (this.#keys.size >= this.#keysMax) return false
    this.#keys.add(key)
    return true
  }
}
