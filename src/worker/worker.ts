import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Queue } from '../queue/queue.ts'
import type { Database } from '../store/database.ts'
import { BACK_OFF_MS, EMBEDDED_PACE, LEASE_MS, LEASE_PART, type Pace } from './pace.ts'
import { decodeLoad, type Load, nothingSaved, type Saved, saveLoad } from './save_deliveries.ts'
import { faultOf } from './sqlstate.ts'
import { startTimetable, timetable } from './timetable.ts'

export interface WorkerStatus {
  /** a fault of ours keeps it from saving: nothing is lost, somebody has to look */
  blocked: boolean
  /** what went wrong last, null once it goes on */
  error: string | null
  /** since the worker began */
  saved: Saved
}

export interface Worker {
  /** Finishes what is under way and resolves when nothing runs any more. What was not saved stays in the queue. */
  stop(): Promise<void>
  status(): WorkerStatus
}

/**
 * Saves what the queue holds, for as long as it runs, in as many lanes as its pace has saves:
 *
 *   pulling ──entries──▶ saving ──acked──▶ pulling
 *                          │ ▲
 *                    fault ▼ │ after a pause, while the lease lasts; then back to pulling, nothing acked
 *                        waiting
 */
export function startWorker(parts: {
  queue: Queue
  database: Database
  log: Logger
  leaseMs?: number
  pace?: Pace
  expireLogins?: () => Promise<number>
}): Worker {
  const { queue, log, leaseMs = LEASE_MS, pace = EMBEDDED_PACE } = parts
  const stopping = new AbortController()
  const { signal } = stopping
  const saved = nothingSaved()
  let blocked = false
  let error: string | null = null

  const pause = (ms: number) => wait(ms, undefined, { signal }).catch(() => {})

  function failed(reason: unknown, what: string): void {
    blocked = faultOf(reason) === 'ours'
    error = reason instanceof Error ? reason.message : String(reason)
    if (blocked) log.error({ err: reason }, `${what}: a fault of ours, nothing is acknowledged`)
    else log.warn({ err: reason }, `${what}: trying again`)
  }

  async function saveWhileLent(load: Load, until: number): Promise<void> {
    for (let ms = BACK_OFF_MS.first; !signal.aborted; ms = Math.min(ms * 2, BACK_OFF_MS.last)) {
      try {
        await saveLoad(load, saved, parts)
        blocked = false
        error = null
        break
      } catch (reason) {
        failed(reason, 'saving')
      }
      if (Date.now() + ms > until) break
      await pause(ms)
    }
  }

  async function run(): Promise<void> {
    let backOff = BACK_OFF_MS.first
    while (!signal.aborted) {
      const asked = Date.now()
      try {
        const deliveries = await queue.pull(pace.entries, leaseMs)
        backOff = BACK_OFF_MS.first
        if (deliveries.length > 0) await saveWhileLent(decodeLoad(deliveries), asked + leaseMs * LEASE_PART)
        // A pull may wait for something to come, but need not: without this an adapter that does not would spin.
        else if (Date.now() - asked < 20) await pause(BACK_OFF_MS.first)
      } catch (reason) {
        failed(reason, 'pulling')
        await pause(backOff)
        backOff = Math.min(backOff * 2, BACK_OFF_MS.last)
      }
    }
  }

  const times = startTimetable(timetable(parts), log)
  const running = Array.from({ length: pace.saves }, run)
  return {
    async stop() {
      stopping.abort()
      await Promise.all([...running, times.stop()])
    },
    status: () => ({ blocked, error, saved }),
  }
}
