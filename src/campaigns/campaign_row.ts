import type { Campaign, CampaignItem, Figures, Pages } from '../contract/shapes.ts'
import { writtenPages } from '../contract/written.ts'
import { Refusal } from '../gate/problem.ts'
import type { Query } from '../store/database.ts'

export interface FigureColumns extends Omit<Figures, 'last_read_at'> {
  last_read_at: Date | null
}
type Plain = Pick<
  Campaign,
  | 'id'
  | 'project_id'
  | 'title'
  | 'language'
  | 'indexable'
  | 'gone_text'
  | 'draft_version'
  | 'checklist_hidden'
  | 'sample'
  | 'changed_since_publish'
>
interface Times {
  published_at: Date | null
  archived_at: Date | null
}
export type ItemRow = Plain &
  Times &
  FigureColumns &
  Pick<CampaignItem, 'spark' | 'links' | 'last_read_link' | 'ever_opened'> & {
    draft: Pages | null
    key: string
    total: number
  }
type CampaignRow = Plain & Times & FigureColumns & Pick<Campaign, 'draft' | 'published'>

export const asFigures = (row: FigureColumns): Figures => ({
  actual_sessions: row.actual_sessions,
  engaged_sessions: row.engaged_sessions,
  new_sessions: row.new_sessions,
  engagement_rate: row.engagement_rate,
  total_time_ms: row.total_time_ms,
  last_read_at: row.last_read_at?.toISOString() ?? null,
})

function plain(row: Plain & Times & FigureColumns) {
  return {
    id: row.id,
    project_id: row.project_id,
    title: row.title,
    language: row.language,
    indexable: row.indexable,
    gone_text: row.gone_text,
    draft_version: row.draft_version,
    checklist_hidden: row.checklist_hidden,
    sample: row.sample,
    published_at: row.published_at?.toISOString() ?? null,
    archived_at: row.archived_at?.toISOString() ?? null,
    changed_since_publish: row.changed_since_publish,
    figures: asFigures(row),
  }
}

export function asItem(row: ItemRow): CampaignItem {
  const { spark, links, last_read_link, ever_opened, draft } = row
  return {
    ...plain(row),
    spark,
    links,
    last_read_link,
    ever_opened,
    written: draft && writtenPages(draft),
  }
}

export const noCampaign = () => new Refusal('not_found', 'There is no such campaign.')

/**
 * One campaign of who asks, with its figures of all time.
 * @throws Refusal `not_found`, for another owner's as well
 */
export async function readCampaign(query: Query, id: string): Promise<Campaign> {
  const [row] = await query<CampaignRow>(
    `select c.id, c.project_id, c.title, c.language, c.indexable, c.gone_text, c.draft, c.draft_version,
       c.published_at, c.archived_at, c.checklist_hidden, c.sample, c.published -> 'pages' as published,
       c.published is not null and c.draft is distinct from c.published -> 'pages' as changed_since_publish,
       f.actual_sessions, f.engaged_sessions, f.new_sessions, f.engagement_rate, f.total_time_ms, f.last_read_at
     from pitchbeat.campaigns c
     join public.campaign_performance f on f.campaign_id = c.id
     where c.id = $1 and c.deleted_at is null`,
    [id],
  )
  if (!row) throw noCampaign()
  return { ...plain(row), draft: row.draft, published: row.published }
}

/** @throws Refusal `not_found` where who asks has no such campaign */
export async function requireCampaign(query: Query, id: string): Promise<{ title: string }> {
  const [row] = await query<{ title: string }>(
    'select title from pitchbeat.campaigns where id = $1 and deleted_at is null',
    [id],
  )
  if (!row) throw noCampaign()
  return row
}
