import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** Everything `/metrics` shows. One registry a process. */
export function createMetrics(read: { depth(): Promise<number>; blocked(): boolean; opensLost(): number }) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'pitchbeat_requests_total',
    help: 'Answers by room and status class.',
    labelNames: ['room', 'status'],
    registers: [registry],
  })
  new Gauge({
    name: 'pitchbeat_queue_depth',
    help: 'Entries pushed and not saved yet; -1 while the queue is away.',
    registers: [registry],
    async collect() {
      this.set(await read.depth().catch(() => -1))
    },
  })
  new Gauge({
    name: 'pitchbeat_worker_blocked',
    help: '1 while the worker cannot go on because of a fault that is ours.',
    registers: [registry],
    collect() {
      this.set(read.blocked() ? 1 : 0)
    },
  })
  new Gauge({
    name: 'pitchbeat_opens_lost',
    help: 'Opens that could not be pushed since this process began. They were never acknowledged.',
    registers: [registry],
    collect() {
      this.set(read.opensLost())
    },
  })
  return {
    registry,
    /** @param room the first part of the path */
    answered(room: string, status: number): void {
      requests.inc({ room, status: `${Math.floor(status / 100)}xx` })
    },
  }
}
export type Metrics = ReturnType<typeof createMetrics>
