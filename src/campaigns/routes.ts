import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { newApi } from '../gate/api.ts'
import type { OwnerEnv } from '../gate/owner.ts'
import type { Database } from '../store/database.ts'
import { addressRoutes } from './address_routes.ts'
import { campaignCoreRoutes } from './campaign_routes.ts'
import { draftRoutes } from './draft_routes.ts'
import { historyRoutes } from './history_routes.ts'
import { leadRoutes } from './lead_routes.ts'
import { linkRoutes } from './link_routes.ts'
import { projectRoutes } from './project_routes.ts'
import { type Sample, sampleRoutes } from './sample_routes.ts'

/** What the owner edits: projects, campaigns, links, and the messages that came in. */
export function campaignRoutes(parts: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
  /** public address without a slash at the end; share links begin with it */
  baseUrl: string
  sample: Sample
}): OpenAPIHono {
  const routes = newApi()
  routes.route('/', projectRoutes(parts))
  routes.route('/', sampleRoutes(parts))
  routes.route('/', campaignCoreRoutes(parts))
  routes.route('/', draftRoutes(parts))
  routes.route('/', historyRoutes(parts))
  routes.route('/', linkRoutes(parts))
  routes.route('/', addressRoutes(parts))
  routes.route('/', leadRoutes(parts))
  return routes
}
