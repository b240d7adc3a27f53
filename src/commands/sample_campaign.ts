import type { Sample } from '../campaigns/sample_routes.ts'
import type { Database } from '../store/database.ts'
import { saveBatch } from '../store/save_batch.ts'
import { demoHistory } from './demo_history.ts'
import { DEMO_CAMPAIGNS } from './demo_pages.ts'

/** The readings end this long before now: nobody seems to read at this moment. */
const QUIET_MS = 2 * 3_600_000
const CHUNK = 200

/** The demo's campaign with the most to see, for an owner who wants to look before writing. */
export function sampleCampaign(database: Database): Sample {
  const { title, labels, pages } = DEMO_CAMPAIGNS.find(one => one.slug === 'demo')!
  return {
    title: `Sample: ${title}`,
    labels,
    pages: { ...pages, summary: { ...pages.summary, for_whom: `${pages.summary.for_whom} (a sample)` } },
    async read(campaign_id, links) {
      const until = Date.now() - QUIET_MS
      const history = demoHistory({ campaign_id, links, pages, until, daily: 2, seed: 2 })
      for (let at = 0; at < history.length; at += CHUNK)
        await database.as({ role: 'service_role' }, query => saveBatch(query, history.slice(at, at + CHUNK)))
      return history[0]!.received_at
    },
  }
}
