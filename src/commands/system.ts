import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Limiters } from '../gate/rate_limit.ts'
import type { Queue } from '../queue/queue.ts'
import type { Store } from '../store/store.ts'
import type { Pace } from '../worker/pace.ts'

/** Everything a command works with, opened by main.ts, which alone knows which adapters these are. */
export interface System {
  config: Config
  log: Logger
  store: Store
  queue: Queue
  limiters: Limiters
  /** how much the worker saves at once */
  pace: Pace
  /** whether a 2xx survives the death of every process (docs/loss-budget.md), as the queue is set up at this moment */
  durable(): Promise<boolean>
  /** signs what is made now */
  secret: string
  /** accepts what was made: the present secret, then the previous one */
  secrets: readonly [string, ...string[]]
  close(): Promise<void>
}

export type OpenSystem = (config: Config) => Promise<System>
