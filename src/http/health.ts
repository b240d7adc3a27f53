import { createRoute, z } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { newApi } from '../gate/api.ts'
import { ANYONE } from '../gate/describe.ts'

/** How a process stands, and what it needs. Asked anew for each answer; nothing is cached. */
export interface Standing {
  /** on its way down: nobody should send it new work */
  going: boolean
  database: boolean
  queue: boolean
  /** for how many seconds the oldest entry has waited to be saved, by whichever process; null while the queue is away */
  worker_lag_s: number | null
  /** whether a 2xx of this set-up survives the death of every process (docs/loss-budget.md) */
  durable: boolean
  /** saving does not go on: the worker of this process says so, or an entry has waited for longer than a lease */
  blocked: boolean
  /** what the worker of this process last failed at; null while it goes on, and where none runs here */
  error: string | null
}

const ReadyAnswer = z.object({
  database: z.boolean(),
  queue: z.boolean(),
  worker_lag_s: z.number().nullable(),
  durable: z.boolean(),
})

/** Whether readers can be served and what they do can be taken. A worker that lags or is gone hinders neither. */
const serves = ({ going, database, queue }: Standing) => !going && database && queue

/** `/health/live` and `/health/ready`: what a load balancer asks. */
export function healthRoutes(standing: () => Promise<Standing>) {
  const routes = newApi()
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/health/live',
      security: ANYONE,
      summary: 'Whether the process answers at all',
      responses: {
        200: {
          description: 'It does',
          content: { 'application/json': { schema: z.object({ live: z.literal(true) }) } },
        },
      },
    }),
    c => c.json({ live: true as const }, 200),
  )
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/health/ready',
      security: ANYONE,
      summary: 'Whether new requests should be sent here',
      responses: {
        200: { description: 'Yes', content: { 'application/json': { schema: ReadyAnswer } } },
        503: {
          description: 'No: going down, or something it needs is away',
          content: { 'application/json': { schema: ReadyAnswer } },
        },
      },
    }),
    async c => {
      const now = await standing()
      const { database, queue, worker_lag_s, durable } = now
      return c.json({ database, queue, worker_lag_s, durable }, serves(now) ? 200 : 503)
    },
  )
  return routes
}

/**
 * What each process serves on a port of its own, which the outside does not reach: `/health` says whether it does its work
 * (200) or somebody has to look (503), `/metrics` is Prometheus text.
 * @param roles what the process does; whether saving goes on decides only about the one that saves
 */
export function internalApp(parts: {
  roles: readonly ('web' | 'worker')[]
  standing: () => Promise<Standing>
  metrics: () => Promise<{ text: string; type: string }>
}) {
  const app = new Hono()
  app.get('/health', async c => {
    const { going, ...now } = await parts.standing()
    const isWell = serves({ going, ...now }) && !(parts.roles.includes('worker') && now.blocked)
    return c.json({ roles: parts.roles, ...now }, isWell ? 200 : 503)
  })
  app.get('/metrics', async c => {
    const { text, type } = await parts.metrics()
    return c.body(text, 200, { 'Content-Type': type })
  })
  return app
}
