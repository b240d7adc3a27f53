import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Published } from '../contract/published.ts'
import { Campaign, DraftSaved, Pages } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner, serving } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { renderPages } from '../markdown/render_pages.ts'
import type { Database } from '../store/database.ts'
import { readCampaign, requireCampaign } from './campaign_row.ts'
import { keepDraft } from './keep_version.ts'
import { publish } from './publish.ts'
import { requirePublishable } from './publishable.ts'

const Id = z.object({ id: z.guid() })
const changedMeanwhile = () =>
  new Refusal(
    'precondition_failed',
    'The draft was changed elsewhere, or If-Match is missing. Read it again, then save with its version.',
  )

/** What is being written, and what readers see of it. */
export function draftRoutes({ database, asker }: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'put',
        path: '/api/campaigns/{id}/draft',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: {
          params: Id,
          headers: z.object({ 'if-match': z.string().max(100).optional() }),
          body: takes(Pages),
        },
        responses: {
          200: answers(DraftSaved, 'Saved; ETag and draft_version are what the next If-Match needs'),
          ...refusesJson('not_found', 'precondition_failed'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const pages = c.req.valid('json')
        const version = /^"(\d{1,9})"$/.exec(c.req.valid('header')['if-match'] ?? '')?.[1]
        const saved = await database.as(owner(c), async query => {
          await requireCampaign(query, id)
          if (version === undefined) throw changedMeanwhile()
          const [row] = await query<DraftSaved>(
            `update pitchbeat.campaigns set draft = $2::jsonb, draft_version = draft_version + 1
             where id = $1 and deleted_at is null and draft_version = $3
             returning draft_version, published is not null and draft is distinct from published -> 'pages'
               as changed_since_publish`,
            [id, JSON.stringify(pages), Number(version)],
          )
          if (row) await keepDraft(query, id)
          return row
        })
        if (!saved) throw changedMeanwhile()
        c.header('ETag', `"${saved.draft_version}"`)
        return c.json(saved, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/campaigns/{id}/publish',
        security: WRITES,
        middleware: asker,
        request: { params: Id },
        responses: {
          200: answers(Campaign, 'What readers see from now on is this draft'),
          ...refuses('invalid', 'not_found', 'unprocessable', 'precondition_failed'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const { draft, draft_version } = await database.as(owner(c), query => readCampaign(query, id))
        requirePublishable(draft)
        // Rendering takes its time, so it happens between two transactions; the version says whether they belong together.
        const published: Published = { pages: draft, html: await renderPages(draft) }
        if (!(await publish(database, serving(c), { id, published, draft_version }))) throw changedMeanwhile()
        const campaign = await database.as(owner(c), query => readCampaign(query, id))
        return c.json(campaign, 200)
      },
    )
}
