import { Hono } from 'hono'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { describe, expect, test } from 'vitest'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters } from '../../src/gate/limiters.ts'
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

  test('that never answers lets through', async () => {
    const hanging = { consume: () => new Promise(() => {}) }
    const ask = door({ ...memoryLimiters(1), leads: hanging as unknown as RateLimiterAbstract })
    expect((await ask('203.0.113.9')).status).toBe(200)
  })
})
