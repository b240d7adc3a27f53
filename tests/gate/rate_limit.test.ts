import { Hono } from 'hono'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters, redisLimiters } from '../../src/gate/limiters.ts'
import { MemoryLimiter } from '../../src/gate/memory_limiter.ts'
import { problem, Refusal } from '../../src/gate/problem.ts'
import { LIMITS, type Limiters } from '../../src/gate/rate_limit.ts'

function door(limiters: Limiters) {
  const gate = createGate({
    secrets: ['a secret of at least thirty-two characters'],
    trustedProxies: ['10.0.0.0/8'],
    limiters,
  })
  const app = new Hono()
  app.get('/', gate.limit('leads'), c => c.text('in'))
  app.onError((error, c) => (error instanceof Refusal ? problem(c, error) : c.text('failed', 500)))
  return (address: string) =>
    app.request(
      '/',
      { headers: { 'X-Forwarded-For': address } },
      {
        incoming: { socket: { remoteAddress: '10.0.0.1' } },
      },
    )
}

describe('a rate limit', () => {
  test('lets through what it allows, then answers 429 with the seconds to wait', async () => {
    const ask = door(memoryLimiters(1))
    for (let i = 0; i < LIMITS.leads; i++) expect((await ask('203.0.113.9')).status).toBe(200)
    const refused = await ask('203.0.113.9')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
  })

  test('counts each address by itself, and a whole IPv6 /64 as one', async () => {
    const ask = door(memoryLimiters(0.1))
    expect((await ask('203.0.113.9')).status).toBe(200)
    expect((await ask('203.0.113.9')).status).toBe(429)
    expect((await ask('203.0.113.10')).status).toBe(200)
    expect((await ask('2001:db8::1')).status).toBe(200)
    expect((await ask('2001:db8::2')).status).toBe(429)
    expect((await ask('2001:db8:0:1::2')).status).toBe(200)
  })

  test('is multiplied by LIMIT_FACTOR', async () => {
    const ask = door(memoryLimiters(2))
    for (let i = 0; i < LIMITS.leads * 2; i++) expect((await ask('203.0.113.9')).status).toBe(200)
    expect((await ask('203.0.113.9')).status).toBe(429)
  })

  test('that fails itself lets through', async () => {
    const failing = { consume: () => Promise.reject(new Error('no connection')) }
    const ask = door({ ...memoryLimiters(1), leads: failing as unknown as RateLimiterAbstract })
    expect((await ask('203.0.113.9')).status).toBe(200)
  })

  test('whose Redis never answers counts in this process', async () => {
    const hanging = { eval: () => new Promise(() => {}) }
    const ask = door(redisLimiters(hanging, 0.1, 'a secret of at least thirty-two characters'))
    expect((await ask('203.0.113.9')).status).toBe(200)
    expect((await ask('203.0.113.9')).status).toBe(429)
    expect((await ask('203.0.113.10')).status).toBe(200)
  })

  test('counts a whole IPv6 /48 too, as sixteen of its networks', async () => {
    const ask = door(memoryLimiters(0.1))
    const answers: number[] = []
    for (let i = 0; i < 17; i++) answers.push((await ask(`2001:db8:5:${i.toString(16)}::1`)).status)
    expect(answers).toEqual([...Array(16).fill(200), 429])
    expect((await ask('2001:db8:6::1')).status).toBe(200)
  })

  test('lets all addresses beyond a bound share one allowance, and forgets them after the window', async () => {
    vi.useFakeTimers()
    try {
      const limiter = new MemoryLimiter({ points: 2, duration: 60 }, 3)
      const take = (address: string) =>
        limiter.consume(address).then(
          () => true,
          () => false,
        )
      for (const known of ['a', 'b', 'c']) expect(await take(known)).toBe(true)
      expect([await take('d'), await take('e'), await take('f')]).toEqual([true, true, false])
      expect(await take('a')).toBe(true)
      vi.advanceTimersByTime(61_000)
      expect(await take('f')).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })
})
