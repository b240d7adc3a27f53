import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Lead } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, refuses, refusesJson, takes } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { ListQuery, listOf, pageOf, readCursor } from '../gate/page_of.ts'
import { Refusal } from '../gate/problem.ts'
import type { Database, Query } from '../store/database.ts'
import { requireCampaign } from './campaign_row.ts'

const Id = z.object({ id: z.guid() })
const LeadId = Id.extend({ lead: z.guid() })
const ChangeLead = z.object({ status: Lead.shape.status.optional() })

type Row = Omit<Lead, 'created_at'> & { created_at: Date; key: number }
const asLead = ({ key, created_at, ...row }: Row): Lead => ({ ...row, created_at: created_at.toISOString() })
const SELECT = `select d.id, d.link_id, coalesce(l.label, '') as link_label, d.session_id, d.name, d.email, d.message,
    d.status, d.created_at, (extract(epoch from d.created_at) * 1000000)::bigint as key
  from pitchbeat.leads d
  left join pitchbeat.links l on l.campaign_id = d.campaign_id and l.id = d.link_id
  where d.campaign_id = $1`
const noLead = () => new Refusal('not_found', 'There is no such message.')

async function readLead(query: Query, campaign: string, lead: string): Promise<Lead> {
  const [row] = await query<Row>(`${SELECT} and d.id = $2`, [campaign, lead])
  if (!row) throw noLead()
  return asLead(row)
}

/** What readers wrote in the form of the contact page. */
export function leadRoutes({ database, asker }: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/leads',
        middleware: asker,
        request: { params: Id, query: ListQuery },
        responses: {
          200: answers(listOf(Lead), 'Messages, newest first'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const { cursor, limit } = c.req.valid('query')
        const before = readCursor(cursor)
        const rows = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          return query<Row>(
            `${SELECT}
               and ($3::uuid is null or (d.created_at, d.id) < ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::uuid))
             order by d.created_at desc, d.id desc limit $4`,
            [id, ...before, limit + 1],
          )
        })
        return c.json(pageOf(rows, limit, asLead), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/api/campaigns/{id}/leads/{lead}',
        middleware: [asker, jsonBody()] as const,
        request: { params: LeadId, body: takes(ChangeLead) },
        responses: { 200: answers(Lead, 'As it is now'), ...refusesJson('not_found') },
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
        middleware: asker,
        request: { params: LeadId },
        responses: { 204: { description: 'Deleted' }, ...refuses('invalid', 'not_found') },
      }),
      async c => {
        const { id, lead } = c.req.valid('param')
        const rows = await database.as(owner(c), query =>
          query('delete from pitchbeat.leads where campaign_id = $1 and id = $2 returning id', [id, lead]),
        )
        if (rows.length === 0) throw noLead()
        return c.body(null, 204)
      },
    )
}
