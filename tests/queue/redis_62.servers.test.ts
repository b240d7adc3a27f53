import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RedisQueue, redisQueue } from '../../src/queue/redis.ts'
import { batchEntry } from '../doors/queue_entries.ts'
import { type Redis, startRedis } from '../servers/redis.ts'
import { until } from '../servers/until.ts'

/**
 * Redis 6.2 does not tell in XINFO GROUPS how many entries wait (`lag`, `entries-read` came with 7.0). What stands between
 * here takes the two out of a newer server's answer.
 */
const NEWER =
  /\*12\r\n(\$4\r\nname\r\n(?:.|\r\n)*?)\$12\r\nentries-read\r\n(?::\d+|\$-1)\r\n\$3\r\nlag\r\n(?::\d+|\$-1)\r\n/g

let redis: Redis
let server: Server
let queue: RedisQueue
let older = 0
const sockets = new Set<Socket>()
beforeAll(async () => {
  redis = await startRedis()
  server = createServer(client => {
    const target = dial(redis.port, '127.0.0.1')
    for (const socket of [client, target]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        target.destroy()
      })
    }
    client.pipe(target)
    target.on('data', bytes => {
      const answer = bytes.toString('latin1').replace(NEWER, (_, kept) => {
        older++
        return `*8\r\n${kept}`
      })
      client.write(Buffer.from(answer, 'latin1'))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  queue = await redisQueue(`redis://127.0.0.1:${(server.address() as { port: number }).port}`)
})
afterAll(async () => {
  await queue?.close()
  for (const socket of sockets) socket.destroy()
  server?.close()
  await redis?.stop()
})

const some = (n: number) => Array.from({ length: n }, () => batchEntry())
const length = () => Number(redis.cli('xlen', 'pitchbeat:{0}'))

test('where Redis does not tell what waits, the depth is never too small, and 0 is exact', async () => {
  expect(await queue.depth()).toBe(0)
  await queue.push(some(300))
  expect(await queue.depth()).toBe(300)
  const held = await queue.pull(100, 60_000)
  expect(await queue.depth()).toBe(300)
  await queue.ack(held)
  // 200 wait. What is processed and not trimmed yet is counted with them.
  expect(await queue.depth()).toBe(300)
  const rest = await queue.pull(200, 60_000)
  expect(await queue.depth()).toBe(300)
  await queue.ack(rest)
  expect(await queue.depth()).toBe(0)
  await queue.push(some(1))
  expect(await queue.depth()).toBeGreaterThan(0)
  await queue.ack(await queue.pull(1, 60_000))
  expect(await queue.depth()).toBe(0)
  expect(older).toBeGreaterThan(0)
})

test('trims there too, and nothing that is not saved', async () => {
  for (let i = 0; i < 19; i++) {
    await queue.push(some(500))
    await queue.ack(await queue.pull(500, 60_000))
  }
  await queue.push(some(3_000))
  const held = await queue.pull(100, 60_000)
  for (let i = 0; i < 3; i++) await queue.ack(await queue.pull(500, 60_000))
  await until('the trimming', () => length() <= 3_000)
  // 100 held and 1 400 never given out are what must still be there.
  expect(held).toHaveLength(100)
  const left = await queue.pull(2_000, 60_000)
  expect(left).toHaveLength(1_400)
  await queue.ack([...held, ...left])
  expect(await queue.depth()).toBe(0)
})
