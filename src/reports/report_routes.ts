import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Figures } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses } from '../gate/describe.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import type { Database } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { CATALOG, type Report } from './catalog.ts'
import { NarrowingQuery, readRange } from './range.ts'

const FIGURES = readSql('src/reports/figures.sql')
const Id = z.object({ id: z.guid() })

/** The three figures, and the reports of the catalogue. */
export function reportCatalogRoutes(parts: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  const { database, asker } = parts
  const routes = newApi<OwnerEnv>()
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/api/campaigns/{id}/figures',
      security: READS,
      middleware: asker,
      request: { params: Id, query: NarrowingQuery },
      responses: { 200: answers(Figures, 'The three figures'), ...refuses('invalid', 'not_found') },
    }),
    async c => {
      const { id } = c.req.valid('param')
      const given = c.req.valid('query')
      const figures = await database.as(owner(c), async query => {
        const { since, before } = await readRange(query, id, given)
        const [row] = await query<Figures>(FIGURES, [id, since, before, given.link ?? null])
        return row!
      })
      return c.json(figures, 200)
    },
  )
  for (const { name, about, answer, sql } of CATALOG) {
    routes.openapi(
      createRoute({
        method: 'get',
        path: `/api/campaigns/{id}/reports/${name}`,
        security: READS,
        middleware: asker,
        request: { params: Id, query: NarrowingQuery },
        responses: { 200: answers(answer, about), ...refuses('invalid', 'not_found') },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const given = c.req.valid('query')
        const rows = await database.as(owner(c), async query => {
          const { since, before, time_zone } = await readRange(query, id, given)
          const days = [time_zone, given.from ?? null, given.to ?? null]
          return query(sql, [id, since, before, given.link ?? null, ...(takesDays(name) ? days : [])])
        })
        return c.json(name === 'reconcile' ? rows[0] : { items: rows }, 200)
      },
    )
  }
  return routes
}

/** The one report that needs the days themselves, besides the moments at which they begin and end. */
const takesDays = (name: Report['name']) => name === 'sessions_by_day'
