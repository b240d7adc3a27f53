import { createClient } from 'redis'
import { redisQueue } from '../../src/queue/redis.ts'
import { streamName } from '../../src/queue/redis_stream_of.ts'
import { startRedis, startRedisCluster } from '../servers/redis.ts'
import { queueDoor } from './queue.ts'

queueDoor('Redis Streams', async () => {
  const redis = await startRedis()
  const client = await createClient({ url: redis.url }).connect()
  return {
    open: () => redisQueue(redis.url),
    putBytes: async bytes => void (await client.sendCommand(['XADD', streamName(0), '*', 'e', bytes])),
    stop: async () => {
      await client.close()
      await redis.stop()
    },
  }
})

queueDoor('Redis Streams on a cluster of three masters', async () => {
  const cluster = await startRedisCluster(3)
  const putBytes = async (bytes: Buffer) => {
    for (const node of cluster.nodes) {
      const client = await createClient({ url: node.url }).connect()
      const added = await client.sendCommand(['XADD', streamName(5), '*', 'e', bytes]).catch(() => null)
      await client.close()
      if (added !== null) return
    }
  }
  return {
    // One address must do: the others are found.
    open: () => redisQueue(cluster.nodes[0]!.url),
    putBytes,
    stop: () => cluster.stop(),
  }
})
