import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Standing } from './health.ts'

/** What the metrics ask when they are asked. */
export interface Measured {
  /** entries pushed and not saved yet */
  depth(): Promise<number>
  standing(): Promise<Standing>
  /** opens that could not be pushed; absent in a process that serves no pages */
  opensLost?(): number
}

/** Everything `/metrics` shows. One registry a process. */
export function createMetrics({ depth, standing, opensLost }: Measured) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'pitchbeat_requests_total',
    help: 'Answers by room and status class.',
    labelNames: ['room', 'status'],
    registers: [registry],
  })
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name: `pitchbeat_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await read())
      },
    })
  gauge('queue_depth', 'Entries pushed and not saved yet; -1 while the queue is away.', () =>
    depth().catch(() => -1),
  )
  gauge(
    'worker_lag_seconds',
    'How long the oldest entry has waited to be saved, by whichever process; -1 while the queue is away.',
    async () => (await standing()).worker_lag_s ?? -1,
  )
  gauge(
    'worker_blocked',
    '1 while saving does not go on: a fault of ours in this process, or an entry that waited longer than a lease.',
    async () => Number((await standing()).blocked),
  )
  if (opensLost)
    gauge(
      'opens_lost',
      'Opens that could not be pushed since this process began. They were never acknowledged.',
      opensLost,
    )
  return {
    /** Prometheus text, and its content type. */
    async read(): Promise<{ text: string; type: string }> {
      return { text: await registry.metrics(), type: registry.contentType }
    },
    /** @param room the first part of the path */
    answered(room: string, status: number): void {
      requests.inc({ room, status: `${Math.floor(status / 100)}xx` })
    },
  }
}
export type Metrics = ReturnType<typeof createMetrics>
