import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Entry } from '../contract/entry.ts'
import { encodeText } from './entry_bytes.ts'
import type { Delivery, Queue } from './queue.ts'
import { type Durability, durability } from './redis_durability.ts'
import { clusterWire, type LinkLog, RedisLink, type Reply, singleWire } from './redis_link.ts'
import { entriesOf, list } from './redis_replies.ts'
import { CLUSTER_STREAMS, GROUP, streamName, streamOf } from './redis_stream_of.ts'
import { makeGroup, removeIdleConsumers, unsaved, waitsMs } from './redis_upkeep.ts'
import { UpkeepDue, type UpkeepOptions } from './redis_upkeep_due.ts'

/** A push has failed by then: with Redis gone or half-open a browser hears 503 within a second. */
const PUSH_MS = 800
/** How long an empty pull waits for something to come. */
const WAIT_MS = 1_000
/** A cluster cannot be waited on with one command, streams live on several nodes: it is asked this often. */
const LOOK_MS = 50
const COMMAND_MS = 5_000
/** A counter that has not answered by then is counted in this process instead. */
const COUNT_MS = 400
/** How long the first connection may hold up the start; after that it is tried in the background. */
const FIRST_CONNECT_MS = 3_000

export interface RedisQueue extends Queue {
  /** What a 2xx is worth here: asked at boot. */
  durability(): Promise<Durability>
  /** whether commands can be sent at this moment */
  ready(): boolean
  /** Runs a script of one key on the same connection; the rate limiters count with it. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/**
 * The queue as Redis Streams with one consumer group, commands of Redis 6.2 only.
 * @param url `redis://` or `rediss://`; several nodes of a cluster separated by commas. One node of a cluster will do.
 */
export async function redisQueue(
  url: string,
  log?: LinkLog,
  options: UpkeepOptions = {},
): Promise<RedisQueue> {
  const urls = url.split(',').map(one => one.trim())
  let link = new RedisLink(
    failed => (urls.length > 1 ? clusterWire(urls, failed) : singleWire(urls[0]!, failed)),
    log,
  )
  let clustered = urls.length > 1
  const cluster = await firstAnswer(link)
  if (!cluster)
    log?.warn({}, 'Redis cannot be reached; starting without it, collect answers 503 until it is there.')
  else if (!clustered && /cluster_enabled:1/.test(cluster)) {
    link.close()
    clustered = true
    link = new RedisLink(failed => clusterWire(urls, failed), log)
    await connected(link)
  }
  const streams = new Streams(link, clustered, urls, log, options)
  // Counting makes the groups: they must exist before memory can be full.
  if (link.ready()) await streams.depth().catch(() => {})
  return streams
}

/** What Redis says of itself; undefined where it has said nothing in time. A connection lost in between is no answer. */
async function firstAnswer(link: RedisLink): Promise<string | undefined> {
  for (const end = performance.now() + FIRST_CONNECT_MS; performance.now() < end; await sleep(20)) {
    const answers = link.ready() ? await link.everywhere(['INFO', 'cluster']).catch(() => []) : []
    if (answers.length > 0) return String(answers[0])
  }
}

async function connected(link: RedisLink): Promise<boolean> {
  const end = performance.now() + FIRST_CONNECT_MS
  while (!link.ready() && performance.now() < end) await sleep(20)
  return link.ready()
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

class Streams implements RedisQueue {
  readonly #streams: string[]
  readonly #me = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  /** A connection that only waits; made by the first pull, so that `web` has none. */
  #reader: RedisLink | undefined
  #pulling: Promise<unknown> = Promise.resolve()
  #closed = false
  /** by stream: where the next look for expired leases goes on, and when the last one ended */
  readonly #reclaims = new Map<string, { cursor: string; at: number }>()
  readonly #upkeep: UpkeepDue
  #pulled = false
  /** which stream of a cluster is asked first */
  #turn = 0

  constructor(
    private readonly link: RedisLink,
    private readonly clustered: boolean,
    private readonly urls: string[],
    private readonly log: LinkLog | undefined,
    options: UpkeepOptions,
  ) {
    this.#streams = Array.from({ length: clustered ? CLUSTER_STREAMS : 1 }, (_, n) => streamName(n))
    this.#upkeep = new UpkeepDue(link, this.#streams, log, options)
  }

  ready(): boolean {
    return this.link.ready()
  }

  async push(entries: Entry[]): Promise<void> {
    if (this.#closed) throw new Error('The queue is closed.')
    // Sent in one go: node-redis writes what is asked in the same tick as one pipeline.
    await Promise.all(
      entries.map(entry => {
        const stream = streamOf(entry.campaign_id, this.#streams.length)
        return this.link.send(stream, ['XADD', stream, '*', 'e', encodeText(entry)], PUSH_MS)
      }),
    ).catch((error: Error) => {
      if (error.message.startsWith('OOM')) this.#upkeep.refused()
      throw error
    })
  }

  /** One at a time: waiting pulls of one connection would wait for one another. */
  pull(max: number, leaseMs: number): Promise<Delivery[]> {
    const pulled = this.#pulling.then(() => this.#pull(max, leaseMs))
    this.#pulling = pulled.catch(() => {})
    return pulled
  }

  async #pull(max: number, leaseMs: number): Promise<Delivery[]> {
    if (this.#closed) return []
    this.#pulled = true
    this.#upkeep.began()
    const again = await this.#reclaim(max, leaseMs)
    if (again.length >= max) return again
    const fresh = this.clustered
      ? await this.#look(max - again.length, again.length > 0 ? 0 : WAIT_MS)
      : await this.#wait(max - again.length, again.length > 0 ? 0 : WAIT_MS)
    return [...again, ...fresh]
  }

  /** Waits on the one stream of a single server. */
  async #wait(max: number, ms: number): Promise<Delivery[]> {
    const stream = this.#streams[0]!
    this.#reader ??= new RedisLink(failed => singleWire(this.urls[0]!, failed), this.log)
    if (!this.#reader.ready() && !(await connected(this.#reader))) throw new Error('Redis is not connected.')
    return this.#read(this.#reader, stream, max, ms)
  }

  /** Asks every stream of a cluster, again and again until something comes. */
  async #look(max: number, ms: number): Promise<Delivery[]> {
    const end = performance.now() + ms
    for (;;) {
      const deliveries = await this.#round(max)
      if (deliveries.length > 0 || this.#closed || performance.now() >= end) return deliveries
      await sleep(LOOK_MS)
    }
  }

  /** Fair shares of `max` from all streams; what some leave goes to those that have more. */
  async #round(max: number): Promise<Delivery[]> {
    const deliveries: Delivery[] = []
    this.#turn = (this.#turn + 1) % this.#streams.length
    let rich = [...this.#streams.slice(this.#turn), ...this.#streams.slice(0, this.#turn)]
    const failures: unknown[] = []
    while (rich.length > 0 && deliveries.length < max) {
      const left = max - deliveries.length
      const share = Math.max(1, Math.floor(left / rich.length))
      const asked = rich.slice(0, left)
      const found = await Promise.allSettled(asked.map(stream => this.#read(this.link, stream, share, 0)))
      const full: string[] = []
      found.forEach((one, i) => {
        if (one.status === 'rejected') failures.push(one.reason)
        else if (deliveries.push(...one.value) && one.value.length === share) full.push(asked[i]!)
      })
      rich = [...rich.slice(asked.length), ...full]
    }
    // One dead master must not stop the others' work; all dead is an error.
    if (failures.length >= this.#streams.length) throw failures[0]
    return deliveries
  }

  async #read(link: RedisLink, stream: string, max: number, waitMs: number): Promise<Delivery[]> {
    const block = waitMs > 0 ? ['BLOCK', String(waitMs)] : []
    const args = [
      ...['XREADGROUP', 'GROUP', GROUP, this.#me, 'COUNT', String(max)],
      ...block,
      ...['STREAMS', stream, '>'],
    ]
    const reply = await this.#grouped(stream, () => link.send(stream, args, waitMs + COMMAND_MS))
    const [found] = list(reply)
    return entriesOf(list(found)[1] ?? null).map(one => ({
      id: `${stream}/${one.id}`,
      bytes: one.bytes,
      tries: 1,
    }))
  }

  /**
   * Takes over what was pulled and not acked within its lease, by whomever. Redis keeps how long an entry has been out, not
   * for how long it was lent: all takers of a queue use one lease.
   */
  async #reclaim(max: number, leaseMs: number): Promise<Delivery[]> {
    const found: Delivery[] = []
    for (const stream of this.#streams) {
      const last = this.#reclaims.get(stream) ?? { cursor: '0-0', at: 0 }
      const due = performance.now() - last.at >= Math.min(leaseMs / 4, 5_000)
      if (found.length >= max || (last.cursor === '0-0' && last.at > 0 && !due)) continue
      try {
        found.push(...(await this.#claim(stream, last.cursor, max - found.length, leaseMs)))
      } catch (error) {
        if (!this.clustered) throw error
      }
    }
    return found
  }

  async #claim(stream: string, cursor: string, max: number, leaseMs: number): Promise<Delivery[]> {
    const args = ['XAUTOCLAIM', stream, GROUP, this.#me, String(leaseMs), cursor, 'COUNT', String(max)]
    const reply = list(await this.#grouped(stream, () => this.link.send(stream, args, COMMAND_MS)))
    const entries = entriesOf(reply[1] ?? null)
    this.#reclaims.set(stream, { cursor: String(reply[0]), at: performance.now() })
    if (entries.length === 0) return []
    // XAUTOCLAIM does not say how often an entry was given out.
    const range = [entries[0]!.id, entries.at(-1)!.id, '10000', this.#me]
    const pending = list(await this.link.send(stream, ['XPENDING', stream, GROUP, ...range], COMMAND_MS))
    const tries = new Map(pending.map(one => [String(list(one)[0]), Number(list(one)[3])]))
    return entries.map(({ id, bytes }) => ({ id: `${stream}/${id}`, bytes, tries: tries.get(id) ?? 2 }))
  }

  /**
   * Runs a command of the group, making the group where it is missing: after a Redis without an append-only file
   * restarted.
   */
  async #grouped(stream: string, command: () => Promise<Reply>): Promise<Reply> {
    try {
      return await command()
    } catch (error) {
      if (!String(error).includes('NOGROUP')) throw error
      await makeGroup(this.link, stream)
      return command()
    }
  }

  async ack(deliveries: Delivery[]): Promise<void> {
    const ids = new Map<string, string[]>()
    for (const { id } of deliveries) {
      const cut = id.lastIndexOf('/')
      const stream = id.slice(0, cut)
      const ofStream = ids.get(stream)
      if (ofStream) ofStream.push(id.slice(cut + 1))
      else ids.set(stream, [id.slice(cut + 1)])
    }
    await Promise.all(
      [...ids].map(async ([stream, some]) => {
        await this.link.send(stream, ['XACK', stream, GROUP, ...some], COMMAND_MS)
        this.#upkeep.acked(stream, some.length)
      }),
    )
  }

  async depth(): Promise<number> {
    const counts = await Promise.all(this.#streams.map(stream => unsaved(this.link, stream)))
    return counts.reduce((sum, one) => sum + one, 0)
  }

  async waitsMs(): Promise<number> {
    return Math.max(...(await Promise.all(this.#streams.map(stream => waitsMs(this.link, stream)))))
  }

  eval(script: string, { keys, arguments: args }: { keys: string[]; arguments: string[] }): Promise<Reply> {
    return this.link.send(keys[0]!, ['EVAL', script, String(keys.length), ...keys, ...args], COUNT_MS)
  }

  durability(): Promise<Durability> {
    return durability(this.link)
  }

  /** Leaves no consumer behind that holds nothing; what this one still holds comes back to others after its lease. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#pulling
    await this.#upkeep.end()
    if (this.#pulled && this.link.ready())
      await Promise.allSettled(
        this.#streams.map(stream => removeIdleConsumers(this.link, stream, 0, this.#me)),
      )
    this.#reader?.close()
    this.link.close()
  }
}
