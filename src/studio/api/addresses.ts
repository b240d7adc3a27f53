import { query } from './query.ts'

/** What the list of campaigns can be narrowed by. */
export interface ListFilter {
  project?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

export const campaignsAddress = (filter: ListFilter) => `/api/campaigns${query({ ...filter, limit: 200 })}`
