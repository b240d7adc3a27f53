import type { BatchEntry, Entry, OpenEntry, SessionEntry, UserAgent } from '../../src/contract/entry.ts'
import type { TicketFlags } from '../../src/contract/ticket.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import type { SentEvent } from '../../src/contract/wire.ts'
import type { UaClass } from '../../src/contract/words.ts'
import type { Database } from '../../src/store/database.ts'
import { saveBatch } from '../../src/store/save_batch.ts'

const FLAGS: TicketFlags = {
  hosted: true,
  sliding: true,
  owner_device: false,
  owner_login: false,
  prefetch: false,
}
const BROWSER: UserAgent = {
  class: 'person',
  device: 'desktop',
  browser: 'Firefox',
  os: 'Linux',
  hash: 'ab'.repeat(32),
}

export interface Reading {
  campaign_id: string
  link_id: string
  /** Unix milliseconds at which the page was served and the session began */
  at: number
  id?: string
  /** active time by page, told in one batch when it has passed */
  pages?: Record<string, number>
  parts?: Record<string, number>
  acts?: (Pick<SentEvent, 'type' | 'label' | 'target'> & { page?: string })[]
  input?: boolean
  private?: boolean
  automated?: boolean
  flags?: Partial<TicketFlags>
  ua?: Partial<UserAgent> & { class?: UaClass }
  open_id?: string | null
  referrer?: string
  utm?: { source?: string; medium?: string; campaign?: string }
  state?: 'reading' | 'away' | 'left'
}

/** The entries of one reading, as collect would have queued them. */
export function reading(given: Reading): Entry[] {
  const { campaign_id, link_id, at, id = uuidv7(at), pages = {}, parts = {}, acts = [] } = given
  const total = Object.values(pages).reduce((sum, ms) => sum + ms, 0)
  const common = {
    campaign_id,
    link_id,
    open_id: given.open_id ?? null,
    served_at: at,
    flags: { ...FLAGS, ...given.flags },
    private: given.private ?? false,
    ua: { ...BROWSER, ...given.ua },
  }
  const views = Object.entries(pages).map(([page, active_ms]) => ({
    id: uuidv7(at),
    page,
    active_ms,
    scroll: 50,
    parts: page === 'case_studies' ? parts : {},
  }))
  const start: SessionEntry = {
    kind: 'session',
    received_at: at,
    ...common,
    body: {
      id,
      page: 'summary',
      ...(given.referrer ? { referrer: given.referrer } : {}),
      ...(given.utm ? { utm: given.utm } : {}),
    },
  }
  const told: BatchEntry = {
    kind: 'batch',
    received_at: at + total,
    ...common,
    body: {
      session: id,
      state: given.state ?? 'left',
      input: given.input ?? true,
      automated: given.automated ?? false,
      views,
      events: acts.map(({ page, ...act }) => ({
        id: uuidv7(at),
        view: (views.find(view => view.page === page) ?? views[0])?.id ?? uuidv7(at),
        ago_ms: Math.floor(total / 2),
        ...act,
      })),
    },
  }
  return views.length > 0 || acts.length > 0 ? [start, told] : [start]
}

/** An open that no script claimed. */
export function open(
  given: Pick<Reading, 'campaign_id' | 'link_id' | 'at' | 'private' | 'flags' | 'ua'>,
): OpenEntry {
  const open_id = uuidv7(given.at)
  return {
    kind: 'open',
    received_at: given.at,
    campaign_id: given.campaign_id,
    link_id: given.link_id,
    open_id,
    served_at: given.at,
    flags: { ...FLAGS, ...given.flags },
    private: given.private ?? false,
    ua: { ...BROWSER, ...given.ua },
    body: {},
  }
}

/** Saves entries the way the worker does. */
export function save(database: Database, entries: Entry[]) {
  return database.as({ role: 'service_role' }, query => saveBatch(query, entries))
}
