import { createHmac } from 'node:crypto'
import {
  type IRateLimiterRedisOptions,
  type RateLimiterAbstract,
  RateLimiterRedis,
  type RateLimiterRes,
} from 'rate-limiter-flexible'

/** How long Redis may take to answer before this process counts alone, in milliseconds. */
const PATIENCE_MS = 250

/**
 * The name under which an address is counted in Redis: an HMAC of it under SECRET and the day, the same in every
 * process. Whoever reads Redis or its files finds no address; whoever has SECRET too can try all addresses (SECURITY.md).
 */
export function hiddenKey(secret: string, address: string, now = new Date()): string {
  const day = now.toISOString().slice(0, 10)
  return createHmac('sha256', secret)
    .update(`rate limit\n${day}\n${address}`)
    .digest('base64url')
    .slice(0, 22)
}

/** Counts in Redis for all processes; where Redis fails or hangs, the insurance counts in this process. */
export class RedisLimiter extends RateLimiterRedis {
  readonly #secret: string
  readonly #insurance: RateLimiterAbstract

  constructor(options: IRateLimiterRedisOptions, secret: string, insurance: RateLimiterAbstract) {
    super({ ...options, insuranceLimiter: insurance })
    this.#insurance = insurance
    this.#secret = secret
  }

  override getKey(address: string): string {
    return super.getKey(hiddenKey(this.#secret, address))
  }

  override async consume(address: string, points = 1): Promise<RateLimiterRes> {
    const counted = super.consume(address, points)
    counted.catch(() => {}) // an answer that comes too late is of no use
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>(resolve => {
      timer = setTimeout(resolve, PATIENCE_MS, null)
    })
    const answer = await Promise.race([counted, late]).finally(() => clearTimeout(timer))
    return answer ?? this.#insurance.consume(address, points)
  }
}
