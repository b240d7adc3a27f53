import type { Context, MiddlewareHandler } from 'hono'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from './problem.ts'

/** Requests per address and minute, before `LIMIT_FACTOR`. An office shares one address, hence the generous ones. */
export const LIMITS = { collect: 1_200, pages: 600, login: 20, leads: 10 } as const
export type LimitName = keyof typeof LIMITS

/** One limiter a name; main.ts decides whether they count in memory or in Redis. */
export type Limiters = Record<LimitName, RateLimiterAbstract>

/** How long a counter may take to answer before the request goes on without it, in milliseconds. */
const PATIENCE_MS = 250

/**
 * Counts one request. A limiter that fails or hangs lets it through: an unreachable counter must become neither 429
 * nor 500. (main.ts gives a counter in Redis an insurance in memory, so that "through" is not "without limit".)
 * @throws Refusal `too_many_requests` with the seconds to wait
 */
export async function pass(limiter: RateLimiterAbstract, address: string): Promise<void> {
  try {
    const counted = limiter.consume(address)
    // What counts in this process cannot hang, and every browser's request passes here: no timer for it.
    await (limiter instanceof RateLimiterMemory ? counted : within(PATIENCE_MS, counted))
  } catch (reason) {
    if (reason instanceof RateLimiterRes) throw tooMany(reason)
  }
}

/** Settles as `promise` does, or resolves after `ms`. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function tooMany(state: RateLimiterRes): Refusal {
  const retryAfterS = Math.max(1, Math.ceil(state.msBeforeNext / 1000))
  const detail = `Too many requests from this address. Try again in ${retryAfterS} s.`
  return new Refusal('too_many_requests', detail, { retryAfterS })
}

/** Middleware of {@link pass}: refuses with 429 and `Retry-After` past the limit. */
export function rateLimit(limiter: RateLimiterAbstract, address: (c: Context) => string): MiddlewareHandler {
  return async (c, next) => {
    await pass(limiter, address(c))
    await next()
  }
}
