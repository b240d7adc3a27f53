import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { createMiddleware } from 'hono/factory'
import type { Logger } from 'pino'
import { ProblemShape } from '../contract/problem_shape.ts'
import { newApi } from '../gate/api.ts'
import { METRICS, SECURITY_SCHEMES } from '../gate/describe.ts'
import type { Gate } from '../gate/gate.ts'
import { problem, Refusal } from '../gate/problem.ts'
import { sameKey } from '../gate/same_key.ts'
import { allowedMethods } from './allowed_methods.ts'
import { answerError } from './answer_error.ts'
import { healthRoutes, type Standing } from './health.ts'
import { type DrainAnswer, internalRoutes } from './internal.ts'
import type { Metrics } from './metrics.ts'
import { studioRoutes } from './studio.ts'

export interface AppParts {
  /** each room's routes; an absent one is simply not served */
  rooms: {
    pages: OpenAPIHono
    collect: OpenAPIHono
    accounts: OpenAPIHono
    campaigns: OpenAPIHono
    reports: OpenAPIHono
  }
  limit: Gate['limit']
  standing(): Promise<Standing>
  drain(budget: { budgetMs: number; maxEntries: number }): Promise<DrainAnswer>
  metrics: Metrics
  serviceKey: string | undefined
  metricsToken: string | undefined
  /** folder of the built studio, and whether a request for it brings a login */
  studio: { folder: string; bringsLogin(c: Context): Promise<boolean> }
  /** what people see at an address that nothing answers */
  notFoundPage(c: Context): Promise<Response>
  baseUrl: string
  log: Logger
}

/** What a request may ask for at an unknown path. */
const PROGRAM = 'application/json'
const PERSON = 'text/html'

/** Assembles the rooms by name: what is mounted, and in which order, stands here and nowhere else. */
export function createApp(parts: AppParts): Hono {
  const app = newApi()
  // Before the middleware: collect is the hot path, sets these headers and counts its answers itself.
  app.route('/', parts.rooms.collect)
  app.use(headers(parts.metrics, parts.baseUrl))
  app.route('/', parts.rooms.pages)
  app.route('/', parts.rooms.accounts)
  app.route('/', parts.rooms.campaigns)
  app.route('/', parts.rooms.reports)
  app.route('/', healthRoutes(parts.standing))
  app.route('/', internalRoutes(parts.serviceKey, parts.drain))
  app.route('/', metricsRoute(parts.metrics, parts.metricsToken))
  app.route('/', studioRoutes(parts.studio))
  // Made once, by the first who asks: that takes up to 240 ms, in which nobody else is served.
  let document: string | undefined
  app.get('/openapi.json', parts.limit('pages'), c => {
    document ??= JSON.stringify(describe(app, parts.baseUrl))
    return c.body(document, 200, { 'Content-Type': 'application/json' })
  })
  const allowed = allowedMethods(app)
  app.notFound(async c => {
    const methods = allowed(c.req.path)
    if (methods.length > 0 && !methods.includes(c.req.method))
      return problem(
        c,
        new Refusal('method_not_allowed', `Use ${methods.join(' or ')} here.`, { allow: methods.join(', ') }),
      )
    const wanted = accepts(c, { header: 'Accept', supports: [PROGRAM, PERSON], default: PROGRAM })
    const answer =
      wanted === PERSON
        ? await parts.notFoundPage(c)
        : problem(c, new Refusal('not_found', `There is nothing at ${c.req.path}.`))
    answer.headers.append('Vary', 'Accept')
    return answer
  })
  app.onError(answerError(parts.log))
  return app as unknown as Hono
}

/** The OpenAPI document of all that is mounted. */
function describe(app: OpenAPIHono, baseUrl: string) {
  for (const [name, scheme] of Object.entries(SECURITY_SCHEMES))
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Pitchbeat',
      version: '1',
      description: 'Whether a shared link was read, by which recipient, and for how long.',
    },
    servers: [{ url: baseUrl }],
  })
}

/** The first part of a path where it is one of ours; anything else is one label, or strangers could grow the metrics without end. */
function roomOf(path: string): string {
  const first = path.split('/')[1] ?? ''
  return ['p', 'api', 'studio', 'health', 'internal', 'metrics'].includes(first) ? first : 'other'
}

/** Headers that every answer has, unless its room set its own. */
function headers(metrics: Metrics, baseUrl: string) {
  const secure = new URL(baseUrl).protocol === 'https:'
  return createMiddleware(async (c, next) => {
    await next()
    // a year, as https://hstspreload.org asks; without subdomains, which are not ours
    if (secure) c.header('Strict-Transport-Security', 'max-age=31536000')
    if (!c.res.headers.has('X-Content-Type-Options')) c.header('X-Content-Type-Options', 'nosniff')
    if (!c.res.headers.has('Referrer-Policy')) c.header('Referrer-Policy', 'same-origin')
    metrics.answered(roomOf(c.req.path), c.res.status)
  })
}

/** `/metrics` for who has the token. Without one it is served on the process's own port, by `internalApp`. */
function metricsRoute(metrics: Metrics, token: string | undefined) {
  const routes = newApi()
  routes.get('/metrics', async c => {
    const given = c.req.header('authorization')?.replace(/^Bearer /i, '') ?? ''
    if (!token || !sameKey(given, token))
      return problem(
        c,
        new Refusal(
          'unauthenticated',
          'Send METRICS_TOKEN as "Authorization: Bearer …", or ask the internal port, which needs none.',
        ),
      )
    const { text, type } = await metrics.read()
    return c.body(text, 200, { 'Content-Type': type })
  })
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/metrics',
    security: METRICS,
    summary: 'Prometheus metrics of this process, with METRICS_TOKEN',
    responses: {
      200: { description: 'Prometheus text', content: { 'text/plain': { schema: z.string() } } },
      401: {
        description: 'The token is missing or wrong, or none is set',
        content: { 'application/problem+json': { schema: ProblemShape } },
      },
    },
  })
  return routes
}
