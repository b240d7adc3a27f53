import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Published } from '../contract/published.ts'
import { Campaign, type Pages } from '../contract/shapes.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { newApi } from '../gate/api.ts'
import { answers, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner, serving } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { renderPages } from '../markdown/render_pages.ts'
import type { Database } from '../store/database.ts'
import { readCampaign } from './campaign_row.ts'
import { makeCampaign } from './make_campaign.ts'
import { publish } from './publish.ts'
import { newSlug } from './slug.ts'

/** A finished campaign to look at, and its invented readers. */
export interface Sample {
  title: string
  /** of its links, one for each recipient */
  labels: readonly string[]
  pages: Pages
  /** Saves what invented people read; answers when the first of them came, in Unix milliseconds. */
  read(campaign_id: string, links: readonly Made[]): Promise<number>
}

/** A link of the sample. */
interface Made {
  id: string
  label: string
  slug: string
}

/** The sample campaign: published, read, and marked as one wherever it is shown. */
export function sampleRoutes(parts: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
  sample: Sample
}) {
  const { database, asker, sample } = parts
  return newApi<OwnerEnv>().openapi(
    createRoute({
      method: 'post',
      path: '/api/campaigns/sample',
      security: WRITES,
      middleware: [asker, jsonBody()] as const,
      request: { body: takes(z.object({ project_id: z.guid() })) },
      responses: {
        201: answers(Campaign, 'A finished campaign to look at: its readers are invented'),
        ...refusesJson('not_found'),
      },
    }),
    async c => {
      const { project_id } = c.req.valid('json')
      const { title, labels, pages } = sample
      const published: Published = { pages, html: await renderPages(pages) }
      const { id, links } = await database.as(owner(c), async query => {
        const [project] = await query('select from pitchbeat.projects where id = $1', [project_id])
        if (!project) throw new Refusal('not_found', 'There is no such project.')
        const { id } = await makeCampaign(query, {
          project_id,
          title,
          language: 'en',
          draft: pages,
          sample: true,
        })
        const now = Date.now()
        const [first, ...others] = labels
        const links = await query<Made>(
          'update pitchbeat.links set label = $2 where campaign_id = $1 returning id, label, slug',
          [id, first],
        )
        for (const [i, label] of others.entries()) {
          const link = { id: uuidv7(now + i), label, slug: newSlug() }
          links.push(link)
          await query('insert into pitchbeat.links (id, campaign_id, slug, label) values ($1, $2, $3, $4)', [
            link.id,
            id,
            link.slug,
            link.label,
          ])
        }
        return { id, links }
      })
      const first = await sample.read(id, links)
      await publish(database, serving(c), { id, published, at: new Date(first) })
      const campaign = await database.as(owner(c), query => readCampaign(query, id))
      return c.json(campaign, 201)
    },
  )
}
