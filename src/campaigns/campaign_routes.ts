import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Name as Title } from '../contract/line.ts'
import { Campaign, CampaignItem, Pages } from '../contract/shapes.ts'
import type { CampaignSort } from '../contract/sorts.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner, serving } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { BACKWARDS, isForwards, RangeQuery } from '../gate/range.ts'
import {
  byText,
  countedListOf,
  inOrder,
  readPlace,
  type SortKey,
  sortedPage,
  sortedQuery,
} from '../gate/sorted_list.ts'
import type { Database } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { asItem, type ItemRow, noCampaign, readCampaign, requireCampaign } from './campaign_row.ts'
import { deleteCampaign } from './delete_campaign.ts'
import { emptyPages } from './empty_pages.ts'
import { Language } from './language.ts'
import { makeCampaign } from './make_campaign.ts'
import { setClause } from './set_clause.ts'

const LIST = readSql('src/campaigns/list_campaigns.sql')
const figure = (by: string, as: SortKey['as'] = 'number') => ({ by, as, figures: true })
/** `recent`: made, published or read last, so that what was made just now is on top. */
const SORTS: Record<CampaignSort, SortKey & { figures?: boolean }> = {
  created: { by: 'c.created_at', as: 'time' },
  title: byText('c.title'),
  recent: figure('greatest(c.created_at, c.published_at, f.last_read_at)', 'time'),
  last_read: figure("coalesce(f.last_read_at, 'epoch')", 'time'),
  actual: figure('coalesce(f.actual_sessions, 0)'),
  rate: figure('coalesce(pitchbeat.engagement_rate(f.engaged_sessions, f.actual_sessions), -1)'),
  time: figure('coalesce(f.total_time_ms, 0)'),
}
const MakeCampaign = z.object({
  project_id: z.guid(),
  title: Title,
  language: Language.default('en'),
  pages: Pages.optional(),
})
const ChangeCampaign = z.object({
  title: Title.optional(),
  language: Language.optional(),
  indexable: z.boolean().optional(),
  gone_text: z.string().max(2_000).optional(),
  checklist_hidden: z.boolean().optional(),
  /** out of the way in the studio; its links stay as they are */
  archived: z.boolean().optional(),
})
const Confirmation = z.object({ confirm: z.string().max(1_000).optional() })
const CampaignQuery = sortedQuery(SORTS, { sort: 'created', order: 'desc' })
  .extend({ project: z.guid().optional(), ...RangeQuery.shape })
  .refine(isForwards, BACKWARDS)
const Id = z.object({ id: z.guid() })

/** Campaigns: the list with its figures, and a campaign's life from making to deleting. */
export function campaignCoreRoutes(parts: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  const { database, asker } = parts
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns',
        security: READS,
        middleware: asker,
        request: { query: CampaignQuery },
        responses: {
          200: answers(countedListOf(CampaignItem), 'Campaigns, newest first unless asked otherwise'),
          ...refuses('invalid'),
        },
      }),
      async c => {
        const given = c.req.valid('query')
        const key = SORTS[given.sort]
        const figures = key.figures ? 'left join read f on f.campaign_id = c.id' : ''
        const statement = inOrder(LIST.replaceAll('{figures}', figures), key, given.order)
        const { project = null, from = null, to = null, q = null } = given
        const place = readPlace(key, given)
        const rows = await database.as(owner(c), query =>
          query<ItemRow>(statement, [project, from, to, q, ...place, given.limit + 1]),
        )
        return c.json({ ...sortedPage(rows, given, asItem), total: rows[0]?.total ?? 0 }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/campaigns',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { body: takes(MakeCampaign) },
        responses: {
          201: answers(Campaign, 'The new campaign, with one unlabelled link'),
          ...refusesJson('not_found'),
        },
      }),
      async c => {
        const { project_id, title, language, pages = emptyPages() } = c.req.valid('json')
        const made = await database.as(owner(c), async query => {
          const [project] = await query('select from pitchbeat.projects where id = $1', [project_id])
          if (!project) throw new Refusal('not_found', 'There is no such project.')
          return makeCampaign(query, { project_id, title, language, draft: pages })
        })
        return c.json(made, 201)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}',
        security: READS,
        middleware: asker,
        request: { params: Id },
        responses: { 200: answers(Campaign, 'The campaign'), ...refuses('invalid', 'not_found') },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const campaign = await database.as(owner(c), query => readCampaign(query, id))
        c.header('ETag', `"${campaign.draft_version}"`)
        return c.json(campaign, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/api/campaigns/{id}',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: Id, body: takes(ChangeCampaign) },
        responses: { 200: answers(Campaign, 'As it is now'), ...refusesJson('not_found') },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const { archived, ...rest } = c.req.valid('json')
        const archived_at = archived === undefined ? undefined : archived ? new Date() : null
        const { set, values } = setClause({ ...rest, archived_at }, 2)
        const campaign = await database.as(owner(c), async query => {
          if (set)
            await query(`update pitchbeat.campaigns set ${set} where id = $1 and deleted_at is null`, [
              id,
              ...values,
            ])
          return readCampaign(query, id)
        })
        return c.json(campaign, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/api/campaigns/{id}',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: Id, body: takes(Confirmation) },
        responses: {
          204: {
            description:
              'Deleted: its links answer "gone"; what was recorded of it is seen no more and removed within minutes',
          },
          ...refusesJson('not_found', 'unprocessable'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const { confirm } = c.req.valid('json')
        const { title } = await database.as(owner(c), query => requireCampaign(query, id))
        if (confirm !== title)
          throw new Refusal('unprocessable', 'Send the title of the campaign as "confirm" to delete it.', {
            errors: [{ pointer: '/confirm', message: 'must be the title of the campaign' }],
          })
        if (!(await deleteCampaign(database, serving(c), id))) throw noCampaign()
        return c.body(null, 204)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/campaigns/{id}/duplicate',
        security: WRITES,
        middleware: asker,
        request: { params: Id },
        responses: {
          201: answers(Campaign, 'The copy: the same texts, a link of its own, not published'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const copy = await database.as(owner(c), async query => {
          const { project_id, title, language, draft } = await readCampaign(query, id)
          return makeCampaign(query, { project_id, title: `${title.slice(0, 193)} (copy)`, language, draft })
        })
        return c.json(copy, 201)
      },
    )
}
