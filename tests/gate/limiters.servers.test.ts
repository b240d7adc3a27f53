import { RateLimiterRes } from 'rate-limiter-flexible'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisLimiters } from '../../src/gate/limiters.ts'
import { type Limiters, passAccount } from '../../src/gate/rate_limit.ts'
import { hiddenKey } from '../../src/gate/redis_limiter.ts'
import type { SharedLimiter } from '../../src/gate/shared_limiter.ts'
import { type RedisQueue, redisQueue } from '../../src/queue/redis.ts'
import { type Redis, startRedis } from '../servers/redis.ts'
import { until } from '../servers/until.ts'

const SECRET = 'a secret of at least thirty-two characters'
const keyOf = (name: string, address: string) => `pitchbeat:${name}:${hiddenKey(SECRET, address)}`

describe('rate limits of several processes', () => {
  let redis: Redis
  const clients: RedisQueue[] = []
  const process = async (factor: number) => {
    const client = await redisQueue(redis.url)
    clients.push(client)
    return redisLimiters(client, factor, SECRET)
  }
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(async () => {
    for (const client of clients) await client.close()
    await redis.stop()
  })

  test.each(['collect', 'pages', 'login', 'leads', 'account'] as const)(
    '%s is counted in Redis',
    async name => {
      const limiters = await process(1)
      await limiters[name].consume('192.0.2.1')
      await until('the key', () => redis.cli('get', keyOf(name, '192.0.2.1')) === '1')
      expect(Number(redis.cli('pttl', keyOf(name, '192.0.2.1')))).toBeGreaterThan(0)
    },
  )

  test('leads are limited over all processes, to the request', async () => {
    const [one, two] = [await process(1), await process(1)]
    for (let i = 0; i < 5; i++) {
      await one.leads.consume('192.0.2.2')
      await two.leads.consume('192.0.2.2')
    }
    await expect(one.leads.consume('192.0.2.2')).rejects.toBeInstanceOf(RateLimiterRes)
    await expect(two.leads.consume('192.0.2.2')).rejects.toMatchObject({ consumedPoints: 12 })
  })

  test('tries to log in to one account are counted over all processes, and no account’s address stands in Redis', async () => {
    const [one, two] = [await process(1), await process(1)]
    const tryAt = (limiters: Limiters) => passAccount(limiters, 'Mara@ilves.example', false)
    for (let i = 0; i < 5; i++) {
      await tryAt(one)
      await tryAt(two)
    }
    await expect(tryAt(one)).rejects.toMatchObject({ problem: 'too_many_requests' })
    await expect(tryAt(two)).rejects.toMatchObject({ problem: 'too_many_requests' })
    await passAccount(two, 'mara@ilves.example', true)
    expect(redis.cli('keys', '*')).not.toMatch(/ilves/i)
  })

  test('collect is limited over all processes once they have told each other', async () => {
    const [one, two] = [await process(0.1), await process(0.1)]
    for (let i = 0; i < 70; i++) {
      await one.collect.consume('192.0.2.3')
      await two.collect.consume('192.0.2.3').catch(() => {})
    }
    await (one.collect as SharedLimiter).tell()
    await (two.collect as SharedLimiter).tell()
    await expect(two.collect.consume('192.0.2.3')).rejects.toBeInstanceOf(RateLimiterRes)
  })

  test('limits go on in each process while Redis hangs, and what waits for it does not grow', async () => {
    const limiters = await process(0.1)
    await limiters.login.consume('192.0.2.7')
    redis.freeze()
    try {
      await limiters.leads.consume('192.0.2.7')
      await expect(limiters.leads.consume('192.0.2.7')).rejects.toBeInstanceOf(RateLimiterRes)
      const collect = limiters.collect as SharedLimiter
      await collect.consume('192.0.2.7')
      const hanging = collect.tell()
      for (let i = 0; i < 119; i++) await collect.consume('192.0.2.7')
      await collect.tell() // comes back at once: the one before still waits
      await expect(collect.consume('192.0.2.7')).rejects.toBeInstanceOf(RateLimiterRes)
      redis.thaw()
      await hanging
    } finally {
      redis.thaw()
    }
  })

  test('limits go on in each process while Redis is away, and errors reach nobody', async () => {
    const limiters = await process(0.1)
    await limiters.leads.consume('192.0.2.4')
    await redis.kill9()
    await limiters.leads.consume('192.0.2.5')
    await expect(limiters.leads.consume('192.0.2.5')).rejects.toBeInstanceOf(RateLimiterRes)
    for (let i = 0; i < 120; i++) await limiters.collect.consume('192.0.2.5')
    await (limiters.collect as SharedLimiter).tell()
    await expect(limiters.collect.consume('192.0.2.5')).rejects.toBeInstanceOf(RateLimiterRes)
    await passAccount(limiters, 'mara@ilves.example', false)
    await expect(passAccount(limiters, 'mara@ilves.example', false)).rejects.toMatchObject({
      problem: 'too_many_requests',
    })
    await redis.start()
    await until('Redis to count again', async () => {
      await limiters.login.consume('192.0.2.6').catch(() => {})
      return redis.cli('exists', keyOf('login', '192.0.2.6')) === '1'
    })
  })
})
