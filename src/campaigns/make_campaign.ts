import type { Campaign, Pages } from '../contract/shapes.ts'
import { uuidv7 } from '../contract/uuid.ts'
import type { Query } from '../store/database.ts'
import { readCampaign } from './campaign_row.ts'
import { keepDraft } from './keep_version.ts'
import { newSlug } from './slug.ts'

/** Makes a campaign and its first link, which has no label yet. */
export async function makeCampaign(
  query: Query,
  given: { project_id: string; title: string; language: string; draft: Pages; sample?: boolean },
): Promise<Campaign> {
  const id = uuidv7()
  await query(
    `insert into pitchbeat.campaigns (id, project_id, title, language, draft, sample)
     values ($1, $2, $3, $4, $5::jsonb, $6)`,
    [id, given.project_id, given.title, given.language, JSON.stringify(given.draft), given.sample ?? false],
  )
  await keepDraft(query, id)
  await query('insert into pitchbeat.links (id, campaign_id, slug) values ($1, $2, $3)', [
    uuidv7(),
    id,
    newSlug(),
  ])
  return readCampaign(query, id)
}
