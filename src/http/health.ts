import { createRoute, z } from '@hono/zod-openapi'
import { newApi } from '../gate/api.ts'

/** What a load balancer needs to know. Read anew at each question; nothing is cached. */
export interface Readiness {
  database: boolean
  queue: boolean
  /** age of the oldest entry this process's worker saved last, in seconds; null where no worker runs here */
  worker_lag_s: number | null
  /** whether a 2xx of this set-up survives the death of every process (docs/loss-budget.md) */
  durable: boolean
}

const ReadyAnswer = z.object({
  database: z.boolean(),
  queue: z.boolean(),
  worker_lag_s: z.number().nullable(),
  durable: z.boolean(),
})

/**
 * `/health/live` and `/health/ready`.
 * @param ready null while the process is going down: readiness fails first, so that nobody sends it new work
 */
export function healthRoutes(ready: () => Promise<Readiness & { ok: boolean }>) {
  const routes = newApi()
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/health/live',
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
      const { ok, ...answer } = await ready()
      return c.json(answer, ok ? 200 : 503)
    },
  )
  return routes
}
