import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Version, VersionItem } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses } from '../gate/describe.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { ListQuery, listOf, pageOf, readCursor } from '../gate/page_of.ts'
import { Refusal } from '../gate/problem.ts'
import type { Database } from '../store/database.ts'
import { requireCampaign } from './campaign_row.ts'

const Id = z.object({ id: z.guid() })
const EntryId = Id.extend({ entry: z.guid() })

const COLUMNS = 'v.id, v.kind, v.at, v.draft_version'
type Row = Pick<VersionItem, 'id' | 'kind'> & { at: Date; draft_version: number | null }
const asVersion = ({ id, kind, at, draft_version }: Row): VersionItem => ({
  id,
  kind,
  at: at.toISOString(),
  ...(draft_version === null ? {} : { draft_version }),
})

/** What a campaign's pages were. The client brings one back by saving its pages as the draft. */
export function historyRoutes({
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
        path: '/api/campaigns/{id}/history',
        security: READS,
        middleware: asker,
        request: { params: Id, query: ListQuery },
        responses: {
          200: answers(
            listOf(VersionItem),
            'The last 50 drafts, the last one of each minute, and every publication; newest first',
          ),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const { cursor, limit } = c.req.valid('query')
        const before = readCursor(cursor)
        const rows = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          return query<Row & { key: number }>(
            `select ${COLUMNS}, (extract(epoch from v.at) * 1000000)::bigint as key from pitchbeat.versions v
             where v.campaign_id = $1 and ($3::uuid is null
               or (v.at, v.id) < ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::uuid))
             order by v.at desc, v.id desc limit $4`,
            [id, ...before, limit + 1],
          )
        })
        return c.json(pageOf(rows, limit, asVersion), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/history/{entry}',
        security: READS,
        middleware: asker,
        request: { params: EntryId },
        responses: {
          200: answers(Version, 'The pages as they were; save them as the draft to bring them back'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id, entry } = c.req.valid('param')
        const row = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          const [row] = await query<Row & Pick<Version, 'pages'>>(
            `select ${COLUMNS}, v.pages from pitchbeat.versions v where v.campaign_id = $1 and v.id = $2`,
            [id, entry],
          )
          return row
        })
        if (!row)
          throw new Refusal('not_found', 'There is no such version. Drafts go when 50 newer ones are kept.')
        return c.json({ ...asVersion(row), pages: row.pages }, 200)
      },
    )
}
