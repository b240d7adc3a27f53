import type { Standing } from '../http/health.ts'
import type { Worker } from '../worker/worker.ts'
import type { System } from './system.ts'

/** A database that does not answer within this long is not ready for requests, in milliseconds. */
const READY_MS = 1_000

/**
 * Asks how this process stands. What waits to be saved is asked of the queue itself, so the answer is right wherever the
 * worker runs.
 * @param worker the worker of this process, where one runs here
 * @param going whether the process is going down
 */
export async function standingOf(
  { config, store, queue, durable }: System,
  worker: Worker | undefined,
  going: boolean,
): Promise<Standing> {
  const [database, waitsMs, isDurable] = await Promise.all([
    store.database
      .as({ role: 'service_role' }, query => query('select 1'), READY_MS)
      .then(
        () => true,
        () => false,
      ),
    queue.waitsMs().catch(() => null),
    durable().catch(() => false),
  ])
  const { blocked = false, error = null } = worker?.status() ?? {}
  return {
    going,
    database,
    queue: waitsMs !== null,
    worker_lag_s: waitsMs === null ? null : waitsMs / 1_000,
    durable: isDurable,
    blocked: blocked || (waitsMs ?? 0) > config.LEASE_MS,
    error,
  }
}
