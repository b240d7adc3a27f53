import type { Context, MiddlewareHandler } from 'hono'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from './address.ts'
import { Refusal } from './problem.ts'

/**
 * Requests per address and minute, before `LIMIT_FACTOR`. An office shares one address, hence the generous ones. `account`
 * counts tries to log in to one account, from wherever they come.
 */
export const LIMITS = { collect: 1_200, pages: 600, login: 20, leads: 10, account: 10 } as const
export type LimitName = keyof typeof LIMITS

/**
 * One limiter a name; main.ts decides whether they count in memory or in Redis. `networks` count each IPv6 /48, of which
 * one customer may have all 65 536 networks.
 */
export type Limiters = Record<LimitName, RateLimiterAbstract> & {
  networks: Record<LimitName, RateLimiterAbstract>
}

/**
 * Counts one request. A limiter that fails lets it through: an unreachable counter must become neither 429 nor 500.
 * (A counter in Redis has an insurance in memory, so that "through" is not "without limit".)
 * @param address as `addressReader` gives it
 * @throws Refusal `too_many_requests` with the seconds to wait
 */
export async function pass(limiters: Limiters, name: LimitName, address: string): Promise<void> {
  try {
    await limiters[name].consume(address)
    const network = networkOf(address)
    if (network) await limiters.networks[name].consume(network)
  } catch (reason) {
    if (reason instanceof RateLimiterRes) throw tooMany(reason, 'Too many requests from this address.')
  }
}

/**
 * Counts one try to log in to an account, whether there is such an account or not. It slows whoever guesses from many
 * addresses; it locks nobody out, because a device that the owner logged in on before has a counter of its own.
 * @param email what was given as the account's address
 * @param isKnown whether the account's owner logged in on this device before
 * @returns takes the try back: it was right
 * @throws Refusal `too_many_requests` with the seconds to wait
 */
export async function passAccount(limiters: Limiters, email: string, isKnown: boolean): Promise<() => void> {
  const key = `${isKnown ? 'known' : 'unknown'} ${email.toLowerCase()}`
  try {
    await limiters.account.consume(key)
  } catch (reason) {
    if (reason instanceof RateLimiterRes)
      throw tooMany(reason, 'Somebody tries to log in to this account too often.')
  }
  return () => void limiters.account.reward(key).catch(() => {})
}

function tooMany(state: RateLimiterRes, why: string): Refusal {
  const retryAfterS = Math.max(1, Math.ceil(state.msBeforeNext / 1000))
  const detail = `${why} Try again in ${retryAfterS} s.`
  return new Refusal('too_many_requests', detail, { retryAfterS })
}

/** Middleware of {@link pass}: refuses with 429 and `Retry-After` past the limit. */
export function rateLimit(
  limiters: Limiters,
  name: LimitName,
  address: (c: Context) => string,
): MiddlewareHandler {
  return async (c, next) => {
    await pass(limiters, name, address(c))
    await next()
  }
}
