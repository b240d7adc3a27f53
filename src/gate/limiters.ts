import { MemoryLimiter } from './memory_limiter.ts'
import { LIMITS, type Limiters, type LimitName } from './rate_limit.ts'
import { RedisLimiter } from './redis_limiter.ts'
import { SharedLimiter } from './shared_limiter.ts'

/** The one command the limiters need of a Redis client. */
export interface ScriptRunner {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/** What an IPv6 /48 may do in all, as a multiple of what one of its 65 536 networks may. */
const NETWORK_FACTOR = 16

const settings = (name: LimitName, factor: number) => ({
  keyPrefix: name,
  points: Math.max(1, Math.round(LIMITS[name] * factor)),
  duration: 60,
})

function inMemory(factor: number) {
  const limiter = (name: LimitName) => new MemoryLimiter(settings(name, factor))
  return {
    collect: limiter('collect'),
    pages: limiter('pages'),
    login: limiter('login'),
    leads: limiter('leads'),
    account: limiter('account'),
  }
}

/**
 * Limiters that count in this process: what one server needs, and the insurance where Redis counts.
 * @param factor `LIMIT_FACTOR`
 */
export function memoryLimiters(factor: number): Limiters {
  return { ...inMemory(factor), networks: inMemory(factor * NETWORK_FACTOR) }
}

/**
 * Limiters that count for all processes together. The generous ones even out twice a second; the others ask Redis
 * each time, and count in this process while it is away or hangs. Whole IPv6 networks are counted by each process.
 * @param client of the queue's Redis
 * @param factor `LIMIT_FACTOR`
 * @param secret hides the addresses that are counted
 */
export function redisLimiters(client: ScriptRunner, factor: number, secret: string): Limiters {
  const insurance = memoryLimiters(factor)
  const counted = (name: LimitName) =>
    new RedisLimiter(
      {
        ...settings(name, factor),
        keyPrefix: `pitchbeat:${name}`,
        storeClient: client,
        // Without it the library calls node-redis as it would ioredis, fails, and the insurance counts alone for ever.
        useRedisPackage: true,
      },
      secret,
      insurance[name],
    )
  return {
    collect: new SharedLimiter(counted('collect')),
    pages: new SharedLimiter(counted('pages')),
    login: counted('login'),
    leads: counted('leads'),
    account: counted('account'),
    networks: insurance.networks,
  }
}
