import type { TicketFlags } from './ticket.ts'
import type { Batch, SessionStart } from './wire.ts'
import type { UaClass } from './words.ts'

/** What the queue carries: one accepted request, stamped by the server. Times are Unix milliseconds. */
interface Stamped {
  received_at: number
  campaign_id: string
  link_id: string
  open_id: string | null
  served_at: number
  /** of the ticket; absent in entries of before: WINDOW_MS */
  window_ms?: number
  flags: TicketFlags
  /** the browser asked not to be followed (GPC, DNT): `ua.hash` is null */
  private: boolean
  ua: UserAgent
}

export interface UserAgent {
  class: UaClass
  /** `phone`, `tablet`, `desktop` or null */
  device: string | null
  browser: string | null
  os: string | null
  /** hex SHA-256 of the user agent, null where private */
  hash: string | null
}

export type SessionEntry = Stamped & {
  kind: 'session'
  /** `id` is always there: the server makes it where the client did not */
  body: Omit<SessionStart, 'ticket' | 'v' | 'id'> & { id: string }
}
export type BatchEntry = Stamped & { kind: 'batch'; body: Omit<Batch, 'ticket' | 'v'> }
/** An open is pushed by pages after the answer, once. `open_id` is never null here. */
export type OpenEntry = Stamped & { kind: 'open'; open_id: string; body: { referrer?: string } }

export type Entry = SessionEntry | BatchEntry | OpenEntry
