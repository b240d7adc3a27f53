import { query } from './query.ts'

/** Rows of a page: enough to fill a screen, few enough to be drawn at once. */
const PAGE = 50

/** What the list of campaigns can be narrowed by. */
export interface ListFilter {
  project?: string | undefined
  from?: string | undefined
  to?: string | undefined
  q?: string | undefined
  sort?: string | undefined
  order?: string | undefined
}

/** @param cursor of the page; the first without one */
export const campaignsAddress = ({ project, from, to, q, sort, order }: ListFilter, cursor?: string) =>
  pageAddress('/api/campaigns', { project, from, to, q, sort, order }, cursor)

/** One page of any list. */
export const pageAddress = (
  path: string,
  filter: Record<string, string | number | undefined>,
  cursor?: string,
) => `${path}${query({ ...filter, cursor, limit: PAGE })}`

/** Who waits for an answer: as many as the strip shows, and how many there are. */
export const waitingAddress = (campaign?: string) =>
  `${campaign ? `/api/campaigns/${campaign}` : '/api'}/leads${query({ status: 'new', limit: 3 })}`
