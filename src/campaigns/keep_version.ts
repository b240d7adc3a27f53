import { uuidv7 } from '../contract/uuid.ts'
import type { Query } from '../store/database.ts'

/**
 * Keeps the draft as it is now; the database drops all but the last 50. The last one of a clock minute stays, so at most a
 * minute of writing is missing between two versions, and what was written last before a pause is there. Call it in the
 * transaction that saved the draft: the campaign's row is locked there, so two saves keep their versions one after the
 * other. Publications are kept by `internal.publish`.
 */
export async function keepDraft(query: Query, campaign: string): Promise<void> {
  await query(
    `insert into pitchbeat.versions as v (campaign_id, id, kind, at, draft_version, pages)
     select c.id, $2, 'draft', now(), c.draft_version, c.draft from pitchbeat.campaigns c where c.id = $1
     on conflict (campaign_id, date_trunc('minute', at at time zone 'UTC')) where kind = 'draft'
       do update set at = excluded.at, draft_version = excluded.draft_version, pages = excluded.pages`,
    [campaign, uuidv7()],
  )
}
