import type { RedisLink, Reply } from './redis_link.ts'
import { fieldsOf } from './redis_replies.ts'

/** What the queue's Redis does with what it acknowledged; the worst of all nodes. */
export interface Durability {
  /** whether an append-only file is kept at all */
  aof: boolean
  /** `always`, `everysec`, `no`, or `unknown` where the server does not let us ask (managed ones) */
  fsync: string
  /** the eviction policy */
  policy: string
  /** sentences for the operator, empty where all is well */
  warnings: string[]
}

const FSYNC_ORDER = ['no', 'unknown', 'everysec', 'always']

/** Asks every node. @throws when Redis cannot be asked at all */
export async function durability(link: RedisLink): Promise<Durability> {
  const [persistence, memory, fsyncs] = await Promise.all([
    link.everywhere(['INFO', 'persistence']),
    link.everywhere(['INFO', 'memory']),
    link.everywhere(['CONFIG', 'GET', 'appendfsync']).catch((): Reply[] => [null]),
  ])
  const aof = persistence.every(info => line(info, 'aof_enabled') === '1')
  const policies = memory.map(info => line(info, 'maxmemory_policy') ?? 'noeviction')
  const policy = policies.find(one => one !== 'noeviction') ?? 'noeviction'
  const fsync = fsyncs
    .map(reply => fieldsOf(reply).appendfsync ?? 'unknown')
    .sort((a, b) => FSYNC_ORDER.indexOf(a) - FSYNC_ORDER.indexOf(b))[0]!

  const warnings: string[] = []
  if (!aof)
    warnings.push('Redis keeps no append-only file: a restart of it loses the queue. Set "appendonly yes".')
  else if (fsync === 'no')
    warnings.push('Redis leaves fsync to the operating system. Set "appendfsync everysec" or "always".')
  if (policy !== 'noeviction')
    warnings.push(
      `Redis may evict the queue when memory is full (${policy}). Set "maxmemory-policy noeviction".`,
    )
  return { aof, fsync, policy, warnings }
}

function line(info: Reply, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\s*$`, 'm').exec(String(info))?.[1]
}
