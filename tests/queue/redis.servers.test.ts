import { afterEach, describe, expect, test, vi } from 'vitest'
import type { BatchEntry } from '../../src/contract/entry.ts'
import { decodeEntry } from '../../src/queue/entry_bytes.ts'
import { type RedisQueue, redisQueue } from '../../src/queue/redis.ts'
import { batchEntry } from '../doors/queue_entries.ts'
import { type FaultyProxy, startProxy } from '../servers/proxy.ts'
import { type Redis, type RedisCluster, startRedis, startRedisCluster } from '../servers/redis.ts'
import { until } from '../servers/until.ts'

const LEASE_MS = 60_000
const STREAM = 'pitchbeat:{0}'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function redisOf(options: Parameters<typeof startRedis>[0] = {}): Promise<Redis> {
  const redis = await startRedis(options)
  stops.push(() => redis.stop())
  return redis
}
async function queueOf(url: string, options: Parameters<typeof redisQueue>[2] = {}): Promise<RedisQueue> {
  const queue = await redisQueue(url, undefined, options)
  stops.push(() => queue.close())
  return queue
}
async function proxyOf(redis: Redis): Promise<{ proxy: FaultyProxy; url: string }> {
  const proxy = await startProxy(redis.port)
  stops.push(() => proxy.stop())
  return { proxy, url: `redis://127.0.0.1:${proxy.port}` }
}
const some = (n: number) => Array.from({ length: n }, () => batchEntry())
const length = (redis: Redis) => Number(redis.cli('xlen', STREAM))

/** Pulls and acks until nothing is left; answers the sessions it saw. */
async function drained(queue: RedisQueue): Promise<string[]> {
  const seen: string[] = []
  await until('the queue to be empty', async () => {
    const deliveries = await queue.pull(1_000, LEASE_MS)
    seen.push(...deliveries.map(one => (decodeEntry(one.bytes) as BatchEntry).body.session))
    await queue.ack(deliveries)
    return (await queue.depth()) === 0
  })
  return seen
}

/** Milliseconds until the push was refused. */
async function refusedAfter(queue: RedisQueue): Promise<number> {
  const begun = performance.now()
  await expect(queue.push(some(1))).rejects.toThrow()
  return performance.now() - begun
}

describe('Redis that fails', () => {
  test('gone: a push is refused at once, and taken again when it is back', async () => {
    const redis = await redisOf()
    const queue = await queueOf(redis.url)
    await redis.kill9()
    await until('the connection to be seen as lost', () => !queue.ready())
    expect(await refusedAfter(queue)).toBeLessThan(100)
    await redis.start()
    await until('a push to be taken', () => queue.push(some(1)).then(() => true))
    expect((await drained(queue)).length).toBeGreaterThan(0)
  })

  test('not there at the start: it starts all the same, refuses, and finds it later', async () => {
    const redis = await redisOf()
    await redis.kill9()
    const queue = await queueOf(redis.url)
    await expect(queue.push(some(1))).rejects.toThrow('not connected')
    await redis.start()
    await until('a push to be taken', () => queue.push(some(1)).then(() => true))
    expect(await drained(queue)).toHaveLength(1)
  })

  test.each(['black_hole', 'drop_replies'] as const)(
    'half-open (%s): each push is refused within a second, though writing never stops, and later ones are taken',
    async mode => {
      const redis = await redisOf()
      const { proxy, url } = await proxyOf(redis)
      const queue = await queueOf(url)
      await queue.push(some(1))
      proxy.become(mode)
      const waits = Array.from({ length: 12 }, async (_, n) => {
        await new Promise(resolve => setTimeout(resolve, n * 250))
        return refusedAfter(queue)
      })
      expect(Math.max(...(await Promise.all(waits)))).toBeLessThan(1_000)
      proxy.become('pass')
      await until('a push to be taken', () => queue.push(some(1)).then(() => true))
      await drained(queue)
    },
  )

  test('a worker whose replies were lost gets the same entries after their lease', async () => {
    const redis = await redisOf()
    const { proxy, url } = await proxyOf(redis)
    const [web, worker] = [await queueOf(redis.url), await queueOf(url)]
    const entry = batchEntry()
    await worker.pull(1, 1_000)
    const lost = worker.pull(10, 1_000).catch(() => [])
    await until('the worker to wait', () => /cmd=xreadgroup/.test(redis.cli('client', 'list')), {
      everyMs: 5,
    })
    proxy.become('drop_replies')
    await web.push([entry])
    await until('it to be delivered to nobody', () =>
      redis.cli('xpending', STREAM, 'workers').startsWith('1'),
    )
    proxy.become('refuse')
    proxy.become('pass')
    await lost
    const again = await until('the lease to pass', async () => (await worker.pull(10, 1_000))[0])
    expect((decodeEntry(again.bytes) as BatchEntry).body.session).toBe(entry.body.session)
    await worker.ack([again])
  })

  test('full: a push is refused, pulling and acking go on, and what was saved makes room', async () => {
    const redis = await redisOf({ maxmemory: '6mb' })
    const queue = await queueOf(redis.url)
    let pushed = 0
    await expect(
      (async () => {
        for (;;) {
          await queue.push(some(100))
          pushed += 100
        }
      })(),
    ).rejects.toThrow('OOM')
    expect(await refusedAfter(queue)).toBeLessThan(1_000)
    expect(new Set(await drained(queue)).size).toBeGreaterThanOrEqual(pushed)
    await until('room again', () => queue.push(some(1)).then(() => true))
    await drained(queue)
  })

  test('restarted without its append-only file: the group is made again, and nothing new is passed over', async () => {
    const redis = await redisOf({ appendonly: false })
    const queue = await queueOf(redis.url)
    await queue.push(some(3))
    await drained(queue)
    await redis.kill9()
    await redis.start()
    const entries = some(5)
    await until('a push to be taken', () => queue.push(entries).then(() => true))
    expect((await drained(queue)).sort()).toEqual(entries.map(entry => entry.body.session).sort())
  })
})

describe('upkeep of a stream', () => {
  test('trims what is acknowledged once more than 10 000 processed entries lie there, and nothing else', async () => {
    const redis = await redisOf()
    const queue = await queueOf(redis.url)
    await queue.push(some(500))
    const held = await queue.pull(100, LEASE_MS)
    await queue.ack(await queue.pull(400, LEASE_MS))
    for (let i = 0; i < 24; i++) {
      await queue.push(some(500))
      await queue.ack(await queue.pull(500, LEASE_MS))
    }
    // Held entries are the oldest: below them there is nothing to trim, however much lies above.
    expect(length(redis)).toBe(12_500)
    await queue.ack(held)
    await queue.push(some(1_000))
    await queue.ack(await queue.pull(1_000, LEASE_MS))
    await until('the trimming', () => length(redis) <= 10_000)
    expect(await queue.depth()).toBe(0)
  })

  test('trims all that is acknowledged by the clock, the last entry included, but nothing from the oldest pending one on', async () => {
    const redis = await redisOf()
    const queue = await queueOf(redis.url, { trimEveryMs: 50 })
    const secret = 'a word that must not stay'
    const entry = batchEntry()
    entry.body.events.push({ ...entry.body.events[0]!, label: secret })
    await queue.push([entry, ...some(9)])
    const deliveries = await queue.pull(10, LEASE_MS)
    const [oldest, ...others] = deliveries
    await queue.ack(others)
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(length(redis)).toBe(10)
    await queue.push(some(1))
    await queue.ack([oldest!])
    await until('the trimming', () => length(redis) === 1)
    expect(redis.cli('xrange', STREAM, '-', '+')).not.toContain(secret)
    expect(await queue.depth()).toBe(1)
    await queue.ack(await queue.pull(1, LEASE_MS))
    await until('the last entry to go', () => length(redis) === 0)
    expect(await queue.depth()).toBe(0)
    const entries = some(3)
    await queue.push(entries)
    expect((await drained(queue)).sort()).toEqual(entries.map(one => one.body.session).sort())
  })

  test('trims within a minute what a worker acknowledged that is gone since', async () => {
    const redis = await redisOf()
    const gone = await queueOf(redis.url)
    await gone.push(some(5))
    await drained(gone)
    await gone.close()
    expect(length(redis)).toBe(5)
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    stops.push(async () => vi.useRealTimers())
    const queue = await queueOf(redis.url)
    await queue.pull(1, LEASE_MS)
    expect(length(redis)).toBe(5)
    vi.advanceTimersByTime(60_000)
    await until('the trimming', () => length(redis) === 0)
  })

  test('keeps a backlog far over 10 000 while no worker runs', async () => {
    const redis = await redisOf()
    const queue = await queueOf(redis.url)
    const entries = some(30_000)
    for (let i = 0; i < entries.length; i += 500) await queue.push(entries.slice(i, i + 500))
    expect(await queue.depth()).toBe(30_000)
    const seen = await drained(queue)
    expect(seen.sort()).toEqual(entries.map(entry => entry.body.session).sort())
    await until('the trimming', () => length(redis) <= 11_000)
  })

  test('removes dead consumers that hold nothing, and no other', async () => {
    const redis = await redisOf()
    const queue = await queueOf(redis.url, { deadAfterMs: 200 })
    await queue.push(some(2))
    redis.cli('xgroup', 'create', STREAM, 'workers', '0')
    redis.cli('xreadgroup', 'group', 'workers', 'holds-one', 'count', '1', 'streams', STREAM, '>')
    redis.cli('xgroup', 'createconsumer', STREAM, 'workers', 'holds-nothing')
    await new Promise(resolve => setTimeout(resolve, 250))
    const consumers = () => redis.cli('xinfo', 'consumers', STREAM, 'workers')
    expect(consumers()).toContain('holds-nothing')
    await queue.ack(await queue.pull(1, LEASE_MS))
    await until('the removal', () => !consumers().includes('holds-nothing'))
    expect(consumers()).toContain('holds-one')
    expect(await queue.depth()).toBe(1)
  })

  test('a queue that closes leaves no consumer behind', async () => {
    const redis = await redisOf()
    const queue = await queueOf(redis.url)
    await queue.push(some(1))
    await queue.ack(await queue.pull(1, LEASE_MS))
    await queue.close()
    expect(redis.cli('xinfo', 'consumers', STREAM, 'workers')).toBe('')
  })
})

describe('what a 2xx is worth', () => {
  test.each([
    [{ fsync: 'always' as const }, { aof: true, fsync: 'always', policy: 'noeviction' }, 0],
    [{}, { aof: true, fsync: 'everysec', policy: 'noeviction' }, 0],
    [{ fsync: 'no' as const }, { aof: true, fsync: 'no', policy: 'noeviction' }, 1],
    [{ appendonly: false, policy: 'allkeys-lru' }, { aof: false, policy: 'allkeys-lru' }, 2],
  ])('%o is told as it is', async (options, expected, warnings) => {
    const redis = await redisOf(options)
    const found = await (await queueOf(redis.url)).durability()
    expect(found).toMatchObject(expected)
    expect(found.warnings).toHaveLength(warnings)
  })

  test('a server that does not let its settings be asked is judged by what it tells', async () => {
    const redis = await redisOf()
    redis.cli('acl', 'setuser', 'default', '-config')
    const found = await (await queueOf(redis.url)).durability()
    expect(found).toEqual({ aof: true, fsync: 'unknown', policy: 'noeviction', warnings: [] })
  })
})

describe('a cluster that loses a master', () => {
  async function clusterOf(): Promise<RedisCluster> {
    const cluster = await startRedisCluster(3)
    stops.push(() => cluster.stop())
    return cluster
  }

  test('refuses what belongs there within a second, goes on with the rest, and finds it again', async () => {
    const cluster = await clusterOf()
    const queue = await queueOf(cluster.url)
    const entries = some(64)
    await queue.push(entries)
    await cluster.nodes[1]!.kill9()
    const outcomes = await Promise.all(
      some(64).map(async entry => {
        const begun = performance.now()
        const taken = await queue.push([entry]).then(
          () => true,
          () => false,
        )
        return { taken, ms: performance.now() - begun }
      }),
    )
    expect(outcomes.some(one => !one.taken)).toBe(true)
    expect(Math.max(...outcomes.map(one => one.ms))).toBeLessThan(1_500)
    await cluster.nodes[1]!.start()
    await until('every stream to take again', () => queue.push(some(64)).then(() => true))
    const seen = new Set(await drained(queue))
    for (const entry of entries) expect(seen).toContain(entry.body.session)
  })
})
