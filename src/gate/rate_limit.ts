import type { Context, MiddlewareHandler } from 'hono'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from './problem.ts'

/** Requests per address and minute, before `LIMIT_FACTOR`. An office shares one address, hence the generous ones. */
export const LIMITS = { collect: 1_200, pages: 600, login: 20, leads: 10 } as const
export type LimitName = keyof typeof LIMITS

/** One limiter a name; main.ts decides whether they count in memory or in Redis. */
export type Limiters = Record<LimitName, RateLimiterAbstract>

/**
 * Refuses with 429 and `Retry-After` past the limit. A limiter that fails itself lets the request through: an
 * unreachable counter must become neither 429 nor 500.
 */
export function rateLimit(limiter: RateLimiterAbstract, address: (c: Context) => string): MiddlewareHandler {
  return async (c, next) => {
    try {
      await limiter.consume(address(c))
    } catch (reason) {
      if (reason instanceof RateLimiterRes) {
        const retryAfterS = Math.max(1, Math.ceil(reason.msBeforeNext / 1000))
        throw new Refusal(
          'too_many_requests',
          `Too many requests from this address. Try again in ${retryAfterS} s.`,
          {
            retryAfterS,
          },
        )
      }
    }
    await next()
  }
}
