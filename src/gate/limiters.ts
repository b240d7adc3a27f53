import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import { LIMITS, type Limiters, type LimitName } from './rate_limit.ts'
import { SharedLimiter } from './shared_limiter.ts'

/** The one command the limiters need of a Redis client. */
export interface ScriptRunner {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

const settings = (name: LimitName, factor: number) => ({
  keyPrefix: name,
  points: Math.max(1, Math.round(LIMITS[name] * factor)),
  duration: 60,
})

/**
 * Limiters that count in this process: what one server needs, and the insurance where Redis counts.
 * @param factor `LIMIT_FACTOR`
 */
export function memoryLimiters(factor: number): Limiters {
  const limiter = (name: LimitName) => new RateLimiterMemory(settings(name, factor))
  return {
    collect: limiter('collect'),
    pages: limiter('pages'),
    login: limiter('login'),
    leads: limiter('leads'),
  }
}

/**
 * Limiters that count for all processes together. The generous ones even out twice a second; login and leads ask Redis
 * each time, and count in this process while it is away.
 * @param client of the queue's Redis
 * @param factor `LIMIT_FACTOR`
 */
export function redisLimiters(client: ScriptRunner, factor: number): Limiters {
  const counted = (name: LimitName, insurance?: RateLimiterAbstract) =>
    new RateLimiterRedis({
      ...settings(name, factor),
      keyPrefix: `pitchbeat:${name}`,
      storeClient: client,
      // Without it the library calls node-redis as it would ioredis, fails, and the insurance counts alone for ever.
      useRedisPackage: true,
      ...(insurance ? { insuranceLimiter: insurance } : {}),
    })
  const inMemory = memoryLimiters(factor)
  return {
    collect: new SharedLimiter(counted('collect')),
    pages: new SharedLimiter(counted('pages')),
    login: counted('login', inMemory.login),
    leads: counted('leads', inMemory.leads),
  }
}
