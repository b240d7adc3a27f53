import { uuidv7 } from '../contract/uuid.ts'
import type { Query } from '../store/database.ts'

/** How many drafts of a campaign are kept; publications are kept for good. */
const KEPT_DRAFTS = 50

/**
 * Keeps the draft as it is now. The last one of a clock minute stays, so at most a minute of writing is missing between
 * two versions, and what was written last before a pause is there. Call it in the transaction that saved the draft: the
 * campaign's row is locked there, so two saves keep their versions one after the other.
 */
export async function keepDraft(query: Query, campaign: string): Promise<void> {
  await query(
    `insert into pitchbeat.versions as v (campaign_id, id, kind, at, draft_version, pages)
     select c.id, $2, 'draft', now(), c.draft_version, c.draft from pitchbeat.campaigns c where c.id = $1
     on conflict (campaign_id, date_trunc('minute', at at time zone 'UTC')) where kind = 'draft'
       do update set at = excluded.at, draft_version = excluded.draft_version, pages = excluded.pages`,
    [campaign, uuidv7()],
  )
  await query(
    `delete from pitchbeat.versions v
     where v.campaign_id = $1 and v.id = any (array(
       select d.id from pitchbeat.versions d where d.campaign_id = $1 and d.kind = 'draft'
       order by d.at desc, d.id desc offset $2))`,
    [campaign, KEPT_DRAFTS],
  )
}

/** Keeps what readers see from now on, for good. Call it in the transaction that published. */
export async function keepPublication(query: Query, campaign: string): Promise<void> {
  await query(
    `insert into pitchbeat.versions (campaign_id, id, kind, at, draft_version, pages)
     select c.id, $2, 'publication', c.published_at, c.draft_version, c.published -> 'pages'
     from pitchbeat.campaigns c where c.id = $1`,
    [campaign, uuidv7()],
  )
}
