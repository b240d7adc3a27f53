import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Link, Slug } from '../contract/shapes.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { newApi } from '../gate/api.ts'
import { answers, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import type { Database, Query } from '../store/database.ts'
import { requireCampaign } from './campaign_row.ts'
import { asLink, LINK_COLUMNS, type LinkRow, noLink } from './link_row.ts'
import { refuseSqlstate, SLUG_TAKEN } from './refuse_sqlstate.ts'
import { newSlug } from './slug.ts'

const Id = z.object({ id: z.guid() })
const LinkId = Id.extend({ link: z.guid() })
const NewAddress = z.object({ slug: Slug.optional() })

/** Moves links to new addresses. What each had before stays as a row of its own and leads to the same link. */
async function replaceAddresses(
  query: Query,
  campaign: string,
  links: Array<{ id: string; slug: string; next: string }>,
): Promise<void> {
  await query(
    `update pitchbeat.links l set slug = n.slug from unnest($2::uuid[], $3::text[]) n (id, slug)
     where l.campaign_id = $1 and l.id = n.id`,
    [campaign, links.map(one => one.id), links.map(one => one.next)],
  )
  await query(
    `insert into pitchbeat.links (id, campaign_id, slug, replaced_by)
     select unnest($2::uuid[]), $1, unnest($3::text[]), unnest($4::uuid[])`,
    [campaign, links.map(() => uuidv7()), links.map(one => one.slug), links.map(one => one.id)],
  )
}

/** New addresses for links whose address says too much. The old ones go on answering until they are switched off. */
export function addressRoutes(parts: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
  baseUrl: string
}) {
  const { database, asker, baseUrl } = parts
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/campaigns/{id}/links/{link}/address',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: LinkId, body: takes(NewAddress) },
        responses: {
          200: answers(Link, 'The link at its new address: the given one, or 12 random characters'),
          ...refusesJson('not_found', 'conflict'),
        },
      }),
      async c => {
        const { id, link } = c.req.valid('param')
        const { slug = newSlug() } = c.req.valid('json')
        const row = await refuseSqlstate(SLUG_TAKEN, () =>
          database.as(owner(c), async query => {
            await requireCampaign(query, id)
            const [now] = await query<{ id: string; slug: string }>(
              `select id, slug from pitchbeat.links
               where campaign_id = $1 and id = $2 and replaced_by is null for update`,
              [id, link],
            )
            if (!now) throw noLink()
            await replaceAddresses(query, id, [{ ...now, next: slug }])
            const [moved] = await query<LinkRow>(
              `select ${LINK_COLUMNS} from pitchbeat.links l where l.campaign_id = $1 and l.id = $2`,
              [id, link],
            )
            return moved!
          }),
        )
        return c.json(asLink(baseUrl, row), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/campaigns/{id}/hide-title',
        security: WRITES,
        middleware: asker,
        request: { params: Id },
        responses: {
          200: answers(
            z.object({ replaced: z.int().min(0) }),
            'Every link whose address showed a word of the title has a new one; the old ones go on answering',
          ),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const replaced = await database.as(owner(c), async query => {
          const { title } = await requireCampaign(query, id)
          const telling = await query<{ id: string; slug: string }>(
            `select id, slug from pitchbeat.links
             where campaign_id = $1 and replaced_by is null and pitchbeat.shows_title(slug, $2) for update`,
            [id, title],
          )
          await replaceAddresses(
            query,
            id,
            telling.map(one => ({ ...one, next: newSlug() })),
          )
          return telling.length
        })
        return c.json({ replaced }, 200)
      },
    )
}
