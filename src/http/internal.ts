import { createRoute, z } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { ProblemShape } from '../contract/problem_shape.ts'
import { newApi } from '../gate/api.ts'
import { SERVICE } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { Refusal } from '../gate/problem.ts'
import { sameKey } from '../gate/same_key.ts'

export interface DrainAnswer {
  pulled: number
  stored: number
  duplicate: number
  dropped: Record<string, number>
  dead: number
  remaining: number
  ms: number
}

const BODY_MAX = 10_000
const DrainBody = z.object({
  budget_ms: z.int().min(1).max(600_000).default(20_000),
  max_entries: z.int().min(1).max(1_000_000).default(2_000),
})
const Answer = z.object({
  pulled: z.int(),
  stored: z.int(),
  duplicate: z.int(),
  dropped: z.record(z.string(), z.int()),
  dead: z.int(),
  remaining: z.int(),
  ms: z.int(),
})

const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemShape } },
})

/** `POST /internal/drain`: one run of the worker on demand, for hosts that run no lasting process. */
export function internalRoutes(
  serviceKey: string | undefined,
  drain: (budget: { budgetMs: number; maxEntries: number }) => Promise<DrainAnswer>,
) {
  const service = createMiddleware(async (c, next) => {
    const given = c.req.header('authorization')?.replace(/^Bearer /i, '') ?? ''
    if (!serviceKey || !sameKey(given, serviceKey))
      throw new Refusal('unauthenticated', 'Send the service key as "Authorization: Bearer …".')
    await next()
  })
  const json = jsonBody(BODY_MAX)
  /** A budget need not be sent. */
  const budget = createMiddleware((c, next) => (c.req.header('content-type') ? json(c, next) : next()))
  const routes = newApi()
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/internal/drain',
      security: SERVICE,
      middleware: [service, budget] as const,
      summary: 'Save what the queue holds, within a budget of time and entries',
      request: { body: { required: false, content: { 'application/json': { schema: DrainBody } } } },
      responses: {
        200: { description: 'What was done', content: { 'application/json': { schema: Answer } } },
        400: refusal('The budget is not two whole numbers within their limits'),
        401: refusal('The service key is missing or wrong'),
        413: refusal('Over 10 kB'),
        415: refusal('The budget is not sent as JSON'),
        503: refusal('The database or the queue is away; nothing was acknowledged'),
      },
    }),
    async c => {
      const { budget_ms = 20_000, max_entries = 2_000 } = (c.req.valid('json') ?? {}) as Partial<
        z.infer<typeof DrainBody>
      >
      return c.json(await drain({ budgetMs: budget_ms, maxEntries: max_entries }), 200)
    },
  )
  return routes
}
