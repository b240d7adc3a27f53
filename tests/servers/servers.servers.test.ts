import pg from 'pg'
import { createClient } from 'redis'
import { describe, expect, test } from 'vitest'
import { startPostgres } from './postgres.ts'
import { startRedis, startRedisCluster } from './redis.ts'

describe('the servers that tests start', () => {
  test('PostgreSQL keeps what was committed when it crashes and starts again', async () => {
    const postgres = await startPostgres()
    const url = await postgres.createDatabase('kept')
    const first = new pg.Client(url)
    first.on('error', () => {})
    await first.connect()
    await first.query('create table note as select 7 as n')
    const pid = postgres.pid
    await postgres.stopHard()
    await postgres.start()
    expect(postgres.pid).not.toBe(pid)
    const second = new pg.Client(url)
    await second.connect()
    expect((await second.query('select n from note')).rows).toEqual([{ n: 7 }])
    await second.end()
    await postgres.stop()
  })

  test('Redis keeps its append-only file over kill -9', async () => {
    const redis = await startRedis({ fsync: 'always' })
    redis.cli('set', 'note', '7')
    await redis.kill9()
    await redis.start()
    expect(redis.cli('get', 'note')).toBe('7')
    await redis.stop()
  })

  test('a Redis Cluster of three masters covers every slot', async () => {
    const cluster = await startRedisCluster(3)
    const client = await createClient({ url: cluster.nodes[0]!.url }).connect()
    expect(await client.sendCommand(['CLUSTER', 'INFO'])).toContain('cluster_slots_ok:16384')
    await client.close()
    await cluster.stop()
  })
})
