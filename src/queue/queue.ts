import type { Entry } from '../contract/entry.ts'

/** One entry on loan. `bytes` is what was carried; it is decoded by the worker, so that one bad entry cannot stop a pull. */
export interface Delivery {
  /** the adapter's name for it, opaque */
  id: string
  bytes: Uint8Array
  /** how often it was pulled, this time included */
  tries: number
}

/**
 * The queue's door. At-least-once, by lease: what is not acked within its lease comes back,
 * so the store must not mind seeing a batch twice.
 */
export interface Queue {
  /** Resolves when the entries are durable; rejects otherwise, and the caller must not acknowledge. */
  push(entries: Entry[]): Promise<void>
  /**
   * Borrows up to `max` entries for `leaseMs`. Empty when there is nothing; may wait up to about a second for
   * something to come, so that a continuous worker neither spins nor lags. All takers use the same lease: an adapter may
   * know only how long an entry has been out.
   */
  pull(max: number, leaseMs: number): Promise<Delivery[]>
  ack(deliveries: Delivery[]): Promise<void>
  /** Entries pushed and not acked yet. */
  depth(): Promise<number>
  /** For how many milliseconds the oldest of these has waited, lent out or not: at least 1; 0 where nothing waits. */
  waitsMs(): Promise<number>
  close(): Promise<void>
}
