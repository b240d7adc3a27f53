import type { LinkLog, RedisLink } from './redis_link.ts'
import { removeIdleConsumers, trim } from './redis_upkeep.ts'

/** Acks between two looks at a stream's length. */
const UPKEEP_EVERY = 1_000
/** What is acknowledged lies in a stream no longer than about this, whenever nothing older is pending. */
const TRIM_EVERY_MS = 30_000
/** Between two attempts to make room in a full Redis. */
const ROOM_EVERY_MS = 1_000
/** A consumer that holds nothing and has not asked for so long is taken for dead. */
const DEAD_AFTER_MS = 5 * 60_000

export interface UpkeepOptions {
  trimAbove?: number
  trimEveryMs?: number
  deadAfterMs?: number
}

/** Knows when a stream needs upkeep. It runs in the background, one at a time, since no push and no ack depends on it. */
export class UpkeepDue {
  readonly #acked = new Map<string, number>()
  #runs: Promise<unknown> = Promise.resolve()
  #roomMadeAt = Number.NEGATIVE_INFINITY
  #ended = false
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly link: RedisLink,
    private readonly streams: string[],
    private readonly log: LinkLog | undefined,
    private readonly options: UpkeepOptions,
  ) {}

  /** A process that pulls trims by the clock too, what others before it acknowledged included. */
  began(): void {
    this.#timer ??= setInterval(
      () => this.#run(() => Promise.all(this.streams.map(stream => trim(this.link, stream, 0)))),
      this.options.trimEveryMs ?? TRIM_EVERY_MS,
    ).unref()
  }

  /** After the first ack of a process and every UPKEEP_EVERY of them. */
  acked(stream: string, some: number): void {
    const sum = (this.#acked.get(stream) ?? UPKEEP_EVERY) + some
    this.#acked.set(stream, sum < UPKEEP_EVERY ? sum : 0)
    if (sum < UPKEEP_EVERY) return
    this.#run(async () => {
      await trim(this.link, stream, this.options.trimAbove)
      await removeIdleConsumers(this.link, stream, this.options.deadAfterMs ?? DEAD_AFTER_MS)
    })
  }

  /**
   * Redis refused a push for want of memory. A small one is full of processed entries long before 10 000 of them lie
   * there, and once all are acked no worker comes by who could trim them: so whoever is refused does, once a second at
   * most. All streams, since those of one node share its memory.
   */
  refused(): void {
    const now = performance.now()
    if (now - this.#roomMadeAt < ROOM_EVERY_MS) return
    this.#roomMadeAt = now
    this.log?.warn({}, 'Redis is full; trimming what is saved.')
    this.#run(() => Promise.all(this.streams.map(stream => trim(this.link, stream, 0))))
  }

  #run(upkeep: () => Promise<unknown>): void {
    this.#runs = this.#runs.then(upkeep).catch(error => {
      if (!this.#ended) this.log?.warn({ error: String(error) }, 'Upkeep of a stream failed.')
    })
  }

  /** Resolves when nothing is under way. */
  end(): Promise<unknown> {
    this.#ended = true
    clearInterval(this.#timer)
    return this.#runs
  }
}
