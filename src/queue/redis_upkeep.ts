import type { RedisLink } from './redis_link.ts'
import { fieldsOf, list } from './redis_replies.ts'
import { GROUP } from './redis_stream_of.ts'

/** Commands of upkeep may wait longer than a push. */
const DEADLINE_MS = 5_000
/** Processed entries that may lie in a stream before it is trimmed at once. */
export const TRIM_ABOVE = 10_000

/** What a stream holds. */
interface Standing {
  grouped: boolean
  length: number
  /** delivered and not acked */
  pending: number
  /** entries no worker has been given yet; null where Redis (before 7.0) does not tell */
  undelivered: number | null
  /** the id up to which entries were delivered */
  delivered: string
}

/** Makes the group where it is missing. From 0, so that what was pushed before it existed is not passed over. */
export async function makeGroup(link: RedisLink, stream: string): Promise<void> {
  const create = ['XGROUP', 'CREATE', stream, GROUP, '0', 'MKSTREAM']
  await link.send(stream, create, DEADLINE_MS).catch((refused: Error) => {
    if (!refused.message.includes('BUSYGROUP')) throw refused
  })
}

/** Asks how a stream stands; without a group all of it is undelivered. */
async function standing(link: RedisLink, stream: string): Promise<Standing> {
  const [length, groups] = await Promise.all([
    link.send(stream, ['XLEN', stream], DEADLINE_MS),
    link.send(stream, ['XINFO', 'GROUPS', stream], DEADLINE_MS).catch((error: Error) => {
      if (/no such key/.test(error.message)) return []
      throw error
    }),
  ])
  const group = list(groups)
    .map(fieldsOf)
    .find(one => one.name === GROUP)
  const all = Number(length)
  if (!group) return { grouped: false, length: all, pending: 0, undelivered: all, delivered: '0-0' }
  return {
    grouped: true,
    length: all,
    pending: Number(group.pending),
    undelivered: group.lag == null ? null : Number(group.lag),
    delivered: String(group['last-delivered-id']),
  }
}

/**
 * Entries of one stream that are not acked. Before Redis 7.0 nothing tells how many were not delivered yet: all that
 * lie there are counted then, which is at most TRIM_ABOVE and a little too many, and 0 is exact.
 *
 * `web` asks every second, and so the group is made again soon after it was lost: where memory is full it could not be
 * made any more, and no worker could drain.
 */
export async function unsaved(link: RedisLink, stream: string): Promise<number> {
  const { grouped, length, pending, undelivered, delivered } = await standing(link, stream)
  if (!grouped) await makeGroup(link, stream).catch(() => {})
  if (undelivered !== null) return pending + undelivered
  if (pending === 0 && length > 0) {
    const after = await link.send(stream, ['XRANGE', stream, `(${delivered}`, '+', 'COUNT', '1'], DEADLINE_MS)
    if (list(after).length === 0) return 0
  }
  return length
}

/** For how many milliseconds the oldest entry of one stream has not been acked, by Redis' own clock; 0 where none waits. */
export async function waitsMs(link: RedisLink, stream: string): Promise<number> {
  const { grouped, length, pending, delivered } = await standing(link, stream)
  if (length === 0) return 0
  const [summary, after, time] = await Promise.all([
    pending > 0 ? link.send(stream, ['XPENDING', stream, GROUP], DEADLINE_MS) : null,
    link.send(stream, ['XRANGE', stream, grouped ? `(${delivered}` : '-', '+', 'COUNT', '1'], DEADLINE_MS),
    link.send(stream, ['TIME'], DEADLINE_MS),
  ])
  const ids = [list(summary)[1], list(list(after)[0])[0]].filter(id => id != null).map(String)
  if (ids.length === 0) return 0
  const [seconds, micros] = list(time).map(Number)
  const now = seconds! * 1_000 + Math.floor(micros! / 1_000)
  return Math.max(1, ...ids.map(id => now - Number(id.split('-')[0])))
}

/**
 * Trims what is acknowledged, once more than `above` processed entries lie in the stream. Never by length (MAXLEN
 * deletes what is pending or was never delivered): only entries older than the oldest that is not acked.
 * @returns how many entries it removed
 */
export async function trim(link: RedisLink, stream: string, above = TRIM_ABOVE): Promise<number> {
  const now = await standing(link, stream)
  const processed = now.length - now.pending - (now.undelivered ?? 0)
  if (processed <= above || now.delivered === '0-0') return 0
  // Asked after the standing: whatever is delivered from here on has a greater id than `delivered`.
  const summary = list(await link.send(stream, ['XPENDING', stream, GROUP], DEADLINE_MS))
  const oldest = summary[1] === null || summary[1] === undefined ? null : String(summary[1])
  const floor = oldest !== null && !before(now.delivered, oldest) ? oldest : next(now.delivered)
  return Number(await link.send(stream, ['XTRIM', stream, 'MINID', floor], DEADLINE_MS))
}

/** The smallest id after this one. */
function next(id: string): string {
  const [ms = '0', sequence = '0'] = id.split('-')
  return `${ms}-${BigInt(sequence) + 1n}`
}

/** Whether one stream id is smaller than another. */
function before(a: string, b: string): boolean {
  const [aMs = '0', aSeq = '0'] = a.split('-')
  const [bMs = '0', bSeq = '0'] = b.split('-')
  return BigInt(aMs) < BigInt(bMs) || (aMs === bMs && BigInt(aSeq) < BigInt(bSeq))
}

/**
 * One step, so that a worker that wakes up between question and answer cannot lose what it just took: deleting a consumer
 * deletes its pending entries with it.
 */
const REMOVE_IDLE = `
local gone = 0
for _, fields in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local consumer = {}
  for i = 1, #fields, 2 do consumer[fields[i]] = fields[i + 1] end
  if consumer.pending == 0 and consumer.idle >= tonumber(ARGV[2])
    and (ARGV[3] == '' or consumer.name == ARGV[3]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer.name)
    gone = gone + 1
  end
end
return gone`

/**
 * Removes consumers that hold nothing and have not asked for `idleMs`.
 * @param only this one, where given
 * @returns how many it removed
 */
export async function removeIdleConsumers(
  link: RedisLink,
  stream: string,
  idleMs: number,
  only = '',
): Promise<number> {
  const args = ['EVAL', REMOVE_IDLE, '1', stream, GROUP, String(idleMs), only]
  try {
    return Number(await link.send(stream, args, DEADLINE_MS))
  } catch (error) {
    if (/NOGROUP|no such key/.test(String(error))) return 0
    throw error
  }
}
