import { campaignsAddress, waitingAddress } from './api/addresses.ts'
import { dayIn } from './format/day.ts'
import { readRange } from './format/range.ts'
import { CAMPAIGN_SORTS, readSought } from './format/sorting.ts'

/**
 * What the screen at an address asks for first, spelled as its queries spell it. A test holds that none of them is asked
 * twice.
 * @param path below /studio
 * @param zone the browser's own, until the project's is known
 */
export function firstQuestions(path: string, search: URLSearchParams, zone: string): string[] {
  const everywhere = ['/api/projects', '/api/live', waitingAddress()]
  const [, campaign] = /^\/campaigns\/([0-9a-f-]{36})/.exec(path) ?? []
  if (campaign) return [...everywhere, `/api/campaigns/${campaign}`]
  if (path !== '/') return everywhere
  const { from, to } = readRange(search, dayIn(zone, new Date()), '30d')
  const project = search.get('project') ?? undefined
  return [...everywhere, campaignsAddress({ project, from, to, ...readSought(search, CAMPAIGN_SORTS) })]
}
