import { RateLimiterMemory } from 'rate-limiter-flexible'
import { LIMITS, type Limiters, type LimitName } from './rate_limit.ts'

/**
 * Limiters that count in this process: what one server needs, and the insurance where Redis counts.
 * @param factor `LIMIT_FACTOR`
 */
export function memoryLimiters(factor: number): Limiters {
  const limiter = (name: LimitName) =>
    new RateLimiterMemory({
      keyPrefix: name,
      points: Math.max(1, Math.round(LIMITS[name] * factor)),
      duration: 60,
    })
  return {
    collect: limiter('collect'),
    pages: limiter('pages'),
    login: limiter('login'),
    leads: limiter('leads'),
  }
}
