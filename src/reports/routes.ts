import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { newApi } from '../gate/api.ts'
import type { OwnerEnv } from '../gate/owner.ts'
import type { Database } from '../store/database.ts'
import { exportRoutes } from './export_routes.ts'
import { liveRoutes } from './live_routes.ts'
import { reportCatalogRoutes } from './report_routes.ts'
import { sessionRoutes } from './session_routes.ts'
import { verdictRoutes } from './verdict_routes.ts'

/** What came of it: figures, reports, sessions, opens, and who reads now. */
export function reportRoutes(parts: { database: Database; asker: MiddlewareHandler<OwnerEnv> }): OpenAPIHono {
  const routes = newApi()
  routes.route('/', reportCatalogRoutes(parts))
  routes.route('/', sessionRoutes(parts))
  routes.route('/', verdictRoutes(parts))
  routes.route('/', liveRoutes(parts))
  routes.route('/', exportRoutes(parts))
  return routes
}
