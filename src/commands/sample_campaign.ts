import type { Sample } from '../campaigns/sample_routes.ts'
import type { Pages } from '../contract/shapes.ts'
import type { Database } from '../store/database.ts'
import { saveBatch } from '../store/save_batch.ts'
import { demoHistory } from './demo_history.ts'
import { DEMO_CAMPAIGNS } from './demo_pages.ts'

/** The readings end this long before now: nobody seems to read at this moment. */
const QUIET_MS = 2 * 3_600_000
const CHUNK = 200

/** Each of the three pages says that it is a sample: its links are public like any others. */
function marked({ look, summary, case_studies, contact }: Pages): Pages {
  const mark = (text: string) => `${text} (a sample)`
  return {
    look,
    summary: { ...summary, for_whom: mark(summary.for_whom) },
    case_studies: case_studies.map(study => ({ ...study, title: mark(study.title) })),
    contact: { ...contact, heading: mark(contact.heading) },
  }
}

/** The demo's campaign with the most to see, for an owner who wants to look before writing. */
export function sampleCampaign(database: Database): Sample {
  const { title, labels, pages } = DEMO_CAMPAIGNS.find(one => one.slug === 'demo')!
  return {
    title: `Sample: ${title}`,
    labels,
    pages: marked(pages),
    async read(campaign_id, links) {
      const until = Date.now() - QUIET_MS
      const history = demoHistory({ campaign_id, links, pages, until, daily: 2, seed: 2 })
      for (let at = 0; at < history.length; at += CHUNK)
        await database.as({ role: 'service_role' }, query => saveBatch(query, history.slice(at, at + CHUNK)))
      return history[0]!.received_at
    },
  }
}
