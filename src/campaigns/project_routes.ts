import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Name } from '../contract/line.ts'
import { Project } from '../contract/shapes.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner, serving } from '../gate/owner.ts'
import { ListQuery, listOf, pageOf, readCursor } from '../gate/page_of.ts'
import { Refusal } from '../gate/problem.ts'
import type { Database, Query } from '../store/database.ts'
import { INVALID_PARAMETER, refuseSqlstate } from './refuse_sqlstate.ts'
import { setClause } from './set_clause.ts'

const Origin = z
  .string()
  .max(300)
  .regex(
    /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^/\s]+$/,
    'Write an origin such as https://acme.example, without a path.',
  )
const Editable = Project.pick({
  name: true,
  time_zone: true,
  retention_days: true,
  lead_retention_days: true,
}).extend({
  name: Name,
  allowed_origins: z.array(Origin).max(50),
})
const MakeProject = Editable.partial().required({ name: true })
const ChangeProject = Editable.partial()
const Id = z.object({ id: z.guid() })

const COLUMNS = `id, name, time_zone, allowed_origins, retention_days, lead_retention_days, created_at,
  (extract(epoch from created_at) * 1000000)::bigint as key`
type Row = Omit<Project, 'created_at'> & { created_at: Date; key: number }
const asProject = ({ key, created_at, ...row }: Row): Project => ({
  ...row,
  created_at: created_at.toISOString(),
})

const REFUSALS = {
  [INVALID_PARAMETER]: ['invalid', '/time_zone: the database does not know this time zone.'],
} as const satisfies Parameters<typeof refuseSqlstate>[0]

/** PostgreSQL has its own list of time zones; a name that it lacks would break every report of the project. */
const checkZone = (query: Query, zone: string | undefined) =>
  zone === undefined ? undefined : query('select now() at time zone $1', [zone])

const noProject = () => new Refusal('not_found', 'There is no such project.')

/** Projects: groups of campaigns that share a time zone. */
export function projectRoutes({
  database,
  asker,
}: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
}) {
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/projects',
        security: READS,
        middleware: asker,
        request: { query: ListQuery },
        responses: { 200: answers(listOf(Project), 'Projects, oldest first'), ...refuses('invalid') },
      }),
      async c => {
        const { cursor, limit } = c.req.valid('query')
        const after = readCursor(cursor)
        const rows = await database.as(owner(c), query =>
          query<Row>(
            `select ${COLUMNS} from pitchbeat.projects
             where $2::uuid is null or (created_at, id) > ('epoch'::timestamptz + $1::bigint * interval '1 microsecond', $2::uuid)
             order by created_at, id limit $3`,
            [...after, limit + 1],
          ),
        )
        return c.json(pageOf(rows, limit, asProject), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/projects',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { body: takes(MakeProject) },
        responses: { 201: answers(Project, 'The new project'), ...refusesJson() },
      }),
      async c => {
        const given = c.req.valid('json')
        const { name, time_zone = 'UTC', allowed_origins = [] } = given
        const { retention_days = 760, lead_retention_days = 760 } = given
        const rows = await refuseSqlstate(REFUSALS, () =>
          database.as(owner(c), async query => {
            await checkZone(query, time_zone)
            return query<Row>(
              `insert into pitchbeat.projects (id, name, time_zone, allowed_origins, retention_days, lead_retention_days)
               values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
              [uuidv7(), name, time_zone, allowed_origins, retention_days, lead_retention_days],
            )
          }),
        )
        return c.json(asProject(rows[0]!), 201)
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/api/projects/{id}',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: Id, body: takes(ChangeProject) },
        responses: { 200: answers(Project, 'As it is now'), ...refusesJson('not_found') },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const patch = c.req.valid('json')
        const { set, values } = setClause(patch, 2)
        const rows = await refuseSqlstate(REFUSALS, () =>
          database.as(owner(c), async query => {
            await checkZone(query, patch.time_zone)
            return query<Row>(
              set
                ? `update pitchbeat.projects set ${set} where id = $1 returning ${COLUMNS}`
                : `select ${COLUMNS} from pitchbeat.projects where id = $1`,
              [id, ...values],
            )
          }),
        )
        if (!rows[0]) throw noProject()
        return c.json(asProject(rows[0]), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/api/projects/{id}',
        security: WRITES,
        middleware: asker,
        request: { params: Id },
        responses: {
          204: { description: 'Deleted' },
          ...refuses('invalid', 'not_found', 'conflict'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const [row] = await database.as(serving(c), query =>
          query('select internal.delete_project($1, $2) as outcome', [c.var.owner_id, id]),
        )
        if (row?.outcome === 'unknown') throw noProject()
        if (row?.outcome === 'has_campaigns')
          throw new Refusal('conflict', 'This project still has campaigns. Delete them first.')
        return c.body(null, 204)
      },
    )
}
