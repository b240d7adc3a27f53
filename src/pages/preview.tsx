/** @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { Pages } from '../contract/shapes.ts'
import { PAGES, type Page } from '../contract/words.ts'
import type { OwnerEnv } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { renderPages } from '../markdown/render_pages.ts'
import { answer } from './answer.ts'
import { BarePage } from './bare_page.tsx'
import { isUuid } from './lead_form.ts'
import type { Parts } from './parts.ts'
import { Privacy } from './privacy.tsx'
import { inTime } from './public_page.ts'
import type { Setting } from './setting.ts'
import { OneOfThree } from './show_page.tsx'

interface Draft {
  title: string
  language: string
  draft: Pages
  slug: string | null
  retention_days: number
  lead_retention_days: number
}

/**
 * The owner's draft as its readers would see it, shown in a frame of the studio. Row security finds only the asker's own
 * campaigns. Never counted: no ticket, no tracker, no open; its forms send nothing.
 */
export async function preview(c: Context<OwnerEnv>, parts: Parts) {
  const id = c.req.param('id')!
  const page = c.req.param('page')!.replace('-', '_') as Page | 'privacy'
  if (!isUuid(id) || !(page === 'privacy' || PAGES.includes(page)))
    throw new Refusal('not_found', 'There is no such campaign or page.')
  const draft = await readDraft(parts, c.get('owner_id'), id)
  const setting = await settingOf(draft, id, parts.baseUrl).catch((error: unknown) => {
    if (error instanceof Refusal && error.problem === 'unprocessable') return null
    throw error
  })
  if (!setting)
    return answer(c, { html: <BarePage saying="too_slow" />, look: null, status: 422, framed: true })
  return answer(c, {
    html:
      page === 'privacy' ? (
        <Privacy setting={setting} window={parts.window} kept={draft} />
      ) : (
        <OneOfThree page={page} setting={setting} indexable={false} />
      ),
    look: draft.draft.look,
    framed: true,
  })
}

async function readDraft({ database }: Parts, owner_id: string, id: string): Promise<Draft> {
  const reading = database.as({ role: 'authenticated', owner_id }, query =>
    query<Draft>(
      `select title, language, draft,
              (select slug from pitchbeat.links l where l.campaign_id = c.id order by l.id limit 1) as slug,
              p.retention_days, p.lead_retention_days
       from pitchbeat.campaigns c join pitchbeat.projects p on p.id = c.project_id
       where c.id = $1 and c.deleted_at is null`,
      [id],
    ),
  )
  const [draft] = await inTime(reading)
  if (!draft?.draft.look) throw new Refusal('not_found', 'There is no such campaign.')
  return draft
}

async function settingOf(
  { title, language, draft, slug }: Draft,
  id: string,
  baseUrl: string,
): Promise<Setting> {
  const at = (page: string) => `/api/campaigns/${id}/preview/${page}`
  return {
    pages: draft,
    html: await renderPages(draft),
    title,
    language: language || 'en',
    paths: {
      summary: at('summary'),
      case_studies: at('case_studies'),
      contact: at('contact'),
      privacy: at('privacy'),
      opt_out: at('privacy'),
    },
    address: `${new URL(baseUrl).host}/p/${slug ?? '…'}`,
    preview: true,
    out: false,
    script: null,
  }
}
