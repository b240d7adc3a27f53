import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Lead, LeadItem } from '../contract/shapes.ts'
import type { LeadSort } from '../contract/sorts.ts'
import { LEAD_STATES } from '../contract/words.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner, serving } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { someOf } from '../gate/some_of.ts'
import {
  byText,
  countedListOf,
  inOrder,
  readPlace,
  type SortKey,
  sortedPage,
  sortedQuery,
} from '../gate/sorted_list.ts'
import type { Database, Query } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { requireCampaign } from './campaign_row.ts'

const Id = z.object({ id: z.guid() })
const LeadId = Id.extend({ lead: z.guid() })
const ChangeLead = z.object({ status: Lead.shape.status.optional() })

const SORTS: Record<LeadSort, SortKey> = {
  created: { by: 'd.created_at', as: 'time' },
  name: byText('d.name'),
}
const LeadsQuery = sortedQuery(SORTS, { sort: 'created', order: 'desc' }).extend({
  status: someOf(LEAD_STATES),
})

const COLUMNS = `d.id, d.link_id, coalesce(l.label, '') as link_label, d.session_id, d.name, d.email, d.message,
  d.status, d.created_at, jsonb_build_object('id', c.id, 'title', c.title, 'project_id', c.project_id) as campaign`
const LIST = readSql('src/campaigns/list_leads.sql').replace('{columns}', COLUMNS)
type Row = Omit<LeadItem, 'created_at'> & { created_at: Date }
type ListRow = Row & { key: string; total: number }
const asLead = (row: Row): LeadItem => ({
  id: row.id,
  link_id: row.link_id,
  link_label: row.link_label,
  session_id: row.session_id,
  name: row.name,
  email: row.email,
  message: row.message,
  status: row.status,
  created_at: row.created_at.toISOString(),
  campaign: row.campaign,
})
const noLead = () => new Refusal('not_found', 'There is no such message.')

async function readLead(query: Query, campaign: string, lead: string): Promise<LeadItem> {
  const [row] = await query<Row>(
    `select ${COLUMNS} from pitchbeat.leads d
     join pitchbeat.campaigns c on c.id = d.campaign_id
     left join pitchbeat.links l on l.campaign_id = d.campaign_id and l.id = d.link_id
     where d.campaign_id = $1 and d.id = $2`,
    [campaign, lead],
  )
  if (!row) throw noLead()
  return asLead(row)
}

/** @param campaign null for those of all campaigns */
async function listLeads(query: Query, campaign: string | null, given: z.infer<typeof LeadsQuery>) {
  const key = SORTS[given.sort]
  const place = readPlace(key, given)
  const { status = null, q = null, limit } = given
  const rows = await query<ListRow>(inOrder(LIST, key, given.order), [
    campaign,
    status,
    q,
    ...place,
    limit + 1,
  ])
  return { ...sortedPage(rows, given, asLead), total: rows[0]?.total ?? 0 }
}

/** What readers wrote in the form of the contact page. */
export function leadRoutes({ database, asker }: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/leads',
        security: READS,
        middleware: asker,
        request: { query: LeadsQuery },
        responses: {
          200: answers(
            countedListOf(LeadItem),
            'Messages of all campaigns, newest first unless asked otherwise',
          ),
          ...refuses('invalid'),
        },
      }),
      async c => {
        const given = c.req.valid('query')
        return c.json(await database.as(owner(c), query => listLeads(query, null, given)), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/leads',
        security: READS,
        middleware: asker,
        request: { params: Id, query: LeadsQuery },
        responses: {
          200: answers(countedListOf(LeadItem), 'Messages, newest first unless asked otherwise'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const given = c.req.valid('query')
        const leads = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          return listLeads(query, id, given)
        })
        return c.json(leads, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/api/campaigns/{id}/leads/{lead}',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: LeadId, body: takes(ChangeLead) },
        responses: { 200: answers(LeadItem, 'As it is now'), ...refusesJson('not_found') },
      }),
      async c => {
        const { id, lead } = c.req.valid('param')
        const { status } = c.req.valid('json')
        const changed = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          if (status !== undefined)
            await query('update pitchbeat.leads set status = $3 where campaign_id = $1 and id = $2', [
              id,
              lead,
              status,
            ])
          return readLead(query, id, lead)
        })
        return c.json(changed, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/api/campaigns/{id}/leads/{lead}',
        security: WRITES,
        middleware: asker,
        request: { params: LeadId },
        responses: {
          204: { description: 'Erased, with its event; the same form sent again stays gone' },
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id, lead } = c.req.valid('param')
        const [row] = await database.as(serving(c), query =>
          query('select internal.erase_lead($1, $2, $3) as done', [c.var.owner_id, id, lead]),
        )
        if (!row?.done) throw noLead()
        return c.body(null, 204)
      },
    )
}
