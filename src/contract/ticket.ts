/** What was true of the request that was served the page. Signed, so the browser can carry it but not change it. */
export interface TicketFlags {
  /** one of our own three pages, not an embedding site */
  hosted: boolean
  /** the session window slides with activity; otherwise it is fixed from the start */
  sliding: boolean
  /** the browser carries the signed `pb_mine` cookie of this campaign's owner */
  owner_device: boolean
  /** the browser is logged in as this campaign's owner */
  owner_login: boolean
  /** the page was fetched ahead of a visit (`Sec-Purpose: prefetch`) */
  prefetch: boolean
}

/** Everything `collect` believes about campaign and link; it needs no database. */
export interface Ticket {
  campaign_id: string
  link_id: string
  /** the open recorded with this page view, null where none was */
  open_id: string | null
  /** Unix milliseconds, server clock */
  served_at: number
  /** the session window that the page was served with, milliseconds */
  window_ms: number
  flags: TicketFlags
  /** truncated hashes of the project's allowed origins; empty = any origin */
  origins: number[]
}
