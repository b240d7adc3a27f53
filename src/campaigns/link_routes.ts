import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { renderSVG } from 'uqr'
import { Line as Label } from '../contract/line.ts'
import { Link, LinkItem, Slug } from '../contract/shapes.ts'
import type { LinkSort } from '../contract/sorts.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { listOf } from '../gate/page_of.ts'
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
import { yesNo } from '../gate/yes_no.ts'
import type { Database } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { asFigures, type FigureColumns, requireCampaign } from './campaign_row.ts'
import { asLink, LINK_COLUMNS, type LinkRow, noLink, urlOf } from './link_row.ts'
import { refuseSqlstate, SLUG_TAKEN } from './refuse_sqlstate.ts'
import { setClause } from './set_clause.ts'
import { newSlug } from './slug.ts'

const utc = (text: string) => {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? '' : time.toISOString()
}
/** In UTC from here on: the database takes offsets up to 16 hours only, and no year before 1. */
const Time = z.iso
  .datetime({ offset: true })
  .refine(text => /^(?!0000)\d{4}-/.test(utc(text)), 'not a time between the years 1 and 9999')
  .transform(utc)
/** `{labels}` for many at once, `{label, slug?}` for one. */
const MakeLinks = z.object({
  labels: z.array(Label).min(1).max(200).optional(),
  label: Label.default(''),
  slug: Slug.optional(),
})
const ChangeLink = z.object({
  label: Label.optional(),
  note: z.string().max(2_000).optional(),
  /** from now on (true) or on again (false), by the server's clock */
  off: z.boolean().optional(),
  off_at: Time.nullable().optional(),
  expires_at: Time.nullable().optional(),
  muted: z.boolean().optional(),
})
type ListRow = LinkRow & FigureColumns & { key: string; total: number }
const Id = z.object({ id: z.guid() })
const LinkId = Id.extend({ link: z.guid() })

const LIST = readSql('src/campaigns/list_links.sql').replace('{columns}', LINK_COLUMNS)
const figure = (by: string, as: SortKey['as'] = 'number') => ({ by, as, figures: true })
const opened = 'coalesce(f.actual_sessions + f.new_sessions, 0)'
const SORTS: Record<LinkSort, SortKey & { figures?: boolean }> = {
  created: { by: 'l.created_at', as: 'time' },
  label: byText('l.label'),
  last_read: figure("coalesce(f.last_read_at, 'epoch')", 'time'),
  time: figure('coalesce(f.total_time_ms, 0)'),
  opened: figure(opened),
  actual: figure('coalesce(f.actual_sessions, 0)'),
  engaged: figure('coalesce(f.engaged_sessions, 0)'),
}
const LinksQuery = sortedQuery(SORTS, { sort: 'created', order: 'asc' })
  .extend({ ...RangeQuery.shape, link: z.guid().optional(), shows_title: yesNo, on: yesNo })
  .refine(isForwards, BACKWARDS)

/** Share links: one a recipient, so that the owner knows who read. */
export function linkRoutes(parts: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
  baseUrl: string
}) {
  const { database, asker, baseUrl } = parts
  const asItem = (row: LinkRow) => asLink(baseUrl, row)
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/links',
        security: READS,
        middleware: asker,
        request: { params: Id, query: LinksQuery },
        responses: {
          200: answers(
            countedListOf(LinkItem),
            'Links with their figures, oldest first unless asked otherwise',
          ),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const given = c.req.valid('query')
        const key = SORTS[given.sort]
        const figures = key.figures ? 'left join read f on f.link_id = l.id' : ''
        const statement = inOrder(LIST.replaceAll('{figures}', figures), key, given.order)
        const { from = null, to = null, q = null, shows_title = null, on = null, link = null } = given
        const place = readPlace(key, given)
        const rows = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          return query<ListRow>(statement, [
            id,
            from,
            to,
            q,
            shows_title,
            on,
            link,
            ...place,
            given.limit + 1,
          ])
        })
        const asRow = (row: ListRow): LinkItem => ({ ...asItem(row), figures: asFigures(row) })
        return c.json({ ...sortedPage(rows, given, asRow), total: rows[0]?.total ?? 0 }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/campaigns/{id}/links',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: Id, body: takes(MakeLinks) },
        responses: {
          201: answers(z.union([Link, listOf(Link)]), 'The new link, or a list for many labels'),
          ...refusesJson('not_found', 'conflict'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const given = c.req.valid('json')
        const labels = given.labels ?? [given.label]
        const rows = await refuseSqlstate(SLUG_TAKEN, () =>
          database.as(owner(c), async query => {
            await requireCampaign(query, id)
            const slugs = labels.map(() => (given.labels ? undefined : given.slug) ?? newSlug())
            // One statement has one created_at, so the order within it is the id's: UUIDv7 of rising milliseconds.
            const now = Date.now()
            return query<LinkRow>(
              `insert into pitchbeat.links as l (id, campaign_id, slug, label)
               select unnest($2::uuid[]), $1, unnest($3::text[]), unnest($4::text[]) returning ${LINK_COLUMNS}`,
              [id, labels.map((_, i) => uuidv7(now + i)), slugs, labels],
            )
          }),
        )
        const links = rows.map(asItem)
        return c.json(given.labels ? { items: links, next: null } : links[0]!, 201)
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/api/campaigns/{id}/links/{link}',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: LinkId, body: takes(ChangeLink) },
        responses: { 200: answers(Link, 'As it is now'), ...refusesJson('not_found') },
      }),
      async c => {
        const { id, link } = c.req.valid('param')
        const { off, ...rest } = c.req.valid('json')
        const { set, values } = setClause(
          off === undefined ? rest : { ...rest, off_at: off ? new Date() : null },
          3,
        )
        const [row] = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          return query<LinkRow>(
            set
              ? `update pitchbeat.links l set ${set} where campaign_id = $1 and id = $2 returning ${LINK_COLUMNS}`
              : `select ${LINK_COLUMNS} from pitchbeat.links l where campaign_id = $1 and id = $2`,
            [id, link, ...values],
          )
        })
        if (!row) throw noLink()
        return c.json(asItem(row), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/links/{link}/qr.svg',
        security: READS,
        middleware: asker,
        request: { params: LinkId },
        responses: {
          200: {
            description: 'The address as a QR code',
            content: { 'image/svg+xml': { schema: z.string() } },
          },
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id, link } = c.req.valid('param')
        const [row] = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          return query<{ slug: string }>(
            'select slug from pitchbeat.links where campaign_id = $1 and id = $2',
            [id, link],
          )
        })
        if (!row) throw noLink()
        return c.body(renderSVG(urlOf(baseUrl, row.slug), { border: 2 }), 200, {
          'Content-Type': 'image/svg+xml',
        })
      },
    )
}
