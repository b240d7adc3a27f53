import type { BatchEntry, Entry, OpenEntry, SessionEntry } from '../contract/entry.ts'
import { WINDOW_MS } from '../contract/timings.ts'
import type { DropReason } from '../contract/words.ts'
import { byBytes, leastNumber, leastText } from './join.ts'

/**
 * What a save is given, folded to one element a key: PostgreSQL refuses the same key twice in one statement. The
 * joins are those of sql/functions/save_batch.sql, so it does not matter which of the two meets a repetition first.
 */
export interface Folded {
  sessions: Map<string, FoldedSession>
  opens: Map<string, FoldedOpen>
  dropped: Partial<Record<DropReason, number>>
}

export interface FoldedSession {
  campaign_id: string
  id: string
  link_id: string
  open_id: string | null
  /** items that go with the session where it is left out */
  items: number
  sliding: boolean
  window_ms: number
  served_at: number
  started_at: number
  last_at: number
  state: string
  automated: boolean
  input: boolean
  private: boolean
  owner_device: boolean
  owner_login: boolean
  prefetch: boolean
  ua_class: string
  device: string | null
  browser: string | null
  os: string | null
  referrer: string | null
  utm_source: string | null
  utm_medium: string | null
  utm_campaign: string | null
  language: string | null
  ua_hash: string | null
  views: Map<string, FoldedView>
  events: Map<string, FoldedEvent>
}

export interface FoldedView {
  id: string
  page: string
  active_ms: number
  scroll: number
  first_at: number
  last_at: number
  parts: Map<string, number>
}

export interface FoldedEvent {
  id: string
  type: string
  view: string | null
  label: string | null
  target: string | null
  at: number
  claimed: boolean
}

export interface FoldedOpen {
  campaign_id: string
  id: string
  link_id: string
  /** times it was recorded by the page; 0 where only a session claims it */
  items: number
  at: number
  ua_class: string
  referrer: string | null
  owner_device: boolean
  owner_login: boolean
  prefetch: boolean
  private: boolean
  claimed_by: string | null
}

/** What an entry counts for: its session fact or open, its view states, its events. */
export function itemsOf(entry: Entry): number {
  return entry.kind === 'batch' ? 1 + entry.body.views.length + entry.body.events.length : 1
}

/** Folds the entries, in any order, to one element a key. */
export function fold(entries: readonly Entry[]): Folded {
  const folded: Folded = { sessions: new Map(), opens: new Map(), dropped: {} }
  for (const entry of entries) {
    if (entry.kind === 'open') foldOpen(folded, entry, null)
    else {
      const session = foldSession(folded, entry)
      if (entry.open_id) foldOpen(folded, entry, session.id)
      if (entry.kind === 'batch') foldBatch(folded, session, entry)
    }
  }
  return folded
}

const textOr = (text: string | undefined | null) => text || null

function foldSession(folded: Folded, entry: SessionEntry | BatchEntry): FoldedSession {
  const { flags, ua, body } = entry
  const id = (entry.kind === 'session' ? entry.body.id : entry.body.session).toLowerCase()
  const start = entry.kind === 'session' ? entry.body : null
  const one: FoldedSession = {
    campaign_id: entry.campaign_id,
    id,
    link_id: entry.link_id,
    open_id: entry.open_id,
    items: itemsOf(entry),
    sliding: flags.sliding,
    window_ms: entry.window_ms ?? WINDOW_MS,
    served_at: entry.served_at,
    started_at: entry.received_at,
    last_at: entry.received_at,
    state: entry.kind === 'batch' ? entry.body.state : 'reading',
    automated: body.automated ?? false,
    input: entry.kind === 'batch' && entry.body.input,
    private: entry.private,
    owner_device: flags.owner_device,
    owner_login: flags.owner_login,
    prefetch: flags.prefetch,
    ua_class: ua.class,
    device: textOr(ua.device),
    browser: textOr(ua.browser),
    os: textOr(ua.os),
    referrer: referrerHost(start?.referrer),
    utm_source: textOr(start?.utm?.source),
    utm_medium: textOr(start?.utm?.medium),
    utm_campaign: textOr(start?.utm?.campaign),
    language: textOr(start?.language),
    // save_batch keeps none of a session that is private in any entry
    ua_hash: textOr(ua.hash),
    views: new Map(),
    events: new Map(),
  }
  const key = `${one.campaign_id} ${id}`
  const known = folded.sessions.get(key)
  if (!known) {
    folded.sessions.set(key, one)
    return one
  }
  known.items += one.items
  if (one.last_at > known.last_at || (one.last_at === known.last_at && one.state > known.state)) {
    known.last_at = one.last_at
    known.state = one.state
  }
  known.window_ms = Math.max(known.window_ms, one.window_ms)
  for (const name of ['started_at', 'served_at'] as const) known[name] = leastNumber(known[name], one[name])
  for (const name of SESSION_FLAGS) known[name] ||= one[name]
  for (const name of SESSION_TEXTS) known[name] = leastText(known[name], one[name]) as string
  return known
}

const SESSION_FLAGS = [
  'sliding',
  'automated',
  'input',
  'private',
  'owner_device',
  'owner_login',
  'prefetch',
] as const
const SESSION_TEXTS = [
  'link_id',
  'open_id',
  'ua_class',
  'device',
  'browser',
  'os',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'language',
  'ua_hash',
] as const

function foldBatch(
  folded: Folded,
  session: FoldedSession,
  { body, received_at, served_at, flags }: BatchEntry,
) {
  for (const given of body.views) {
    const id = given.id.toLowerCase()
    const known = session.views.get(id)
    const view = known ?? {
      id,
      page: given.page,
      active_ms: 0,
      scroll: 0,
      first_at: received_at,
      last_at: received_at,
      parts: new Map<string, number>(),
    }
    if (!known) session.views.set(id, view)
    view.page = leastText(view.page, given.page)
    view.active_ms = Math.max(view.active_ms, given.active_ms)
    view.scroll = Math.max(view.scroll, given.scroll)
    view.first_at = Math.min(view.first_at, received_at)
    view.last_at = Math.max(view.last_at, received_at)
    for (const [part, ms] of Object.entries(given.parts))
      view.parts.set(part, Math.max(view.parts.get(part) ?? 0, ms))
  }
  for (const given of body.events) {
    const id = given.id.toLowerCase()
    if (given.type === 'lead_submit' && flags.hosted) {
      folded.dropped.hosted_lead = (folded.dropped.hosted_lead ?? 0) + 1
      session.items -= 1
      continue
    }
    // the id of the opening, which the save writes: whatever claims to be it says nothing new
    if (id === session.id) continue
    const event: FoldedEvent = {
      id,
      type: given.type,
      view: given.view.toLowerCase(),
      label: textOr(given.label),
      target: textOr(given.target),
      at: Math.min(Math.max(received_at - given.ago_ms, served_at), received_at),
      claimed: given.type === 'lead_submit',
    }
    const known = session.events.get(id)
    session.events.set(id, known ? joinEvents(known, event) : event)
  }
}

function joinEvents(a: FoldedEvent, b: FoldedEvent): FoldedEvent {
  const least = compareContent(a, b) <= 0 ? a : b
  return { ...least, at: Math.min(a.at, b.at), claimed: a.claimed && b.claimed }
}

function compareContent(a: FoldedEvent, b: FoldedEvent): number {
  return (
    byBytes(a.type, b.type) ||
    byBytes(a.view ?? '', b.view ?? '') ||
    byBytes(a.label ?? '', b.label ?? '') ||
    byBytes(a.target ?? '', b.target ?? '')
  )
}

function foldOpen(folded: Folded, entry: Entry, session: string | null): void {
  const { flags } = entry
  const one: FoldedOpen = {
    campaign_id: entry.campaign_id,
    id: entry.open_id!,
    link_id: entry.link_id,
    items: entry.kind === 'open' ? 1 : 0,
    // the page was served then: the same whichever of the two tells of it
    at: entry.served_at,
    ua_class: entry.ua.class,
    referrer: entry.kind === 'open' ? referrerHost((entry as OpenEntry).body.referrer) : null,
    owner_device: flags.owner_device,
    owner_login: flags.owner_login,
    prefetch: flags.prefetch,
    private: entry.private,
    claimed_by: session,
  }
  const key = `${one.campaign_id} ${one.id}`
  const known = folded.opens.get(key)
  if (!known) {
    folded.opens.set(key, one)
    return
  }
  known.items += one.items
  known.at = Math.min(known.at, one.at)
  for (const name of ['owner_device', 'owner_login', 'prefetch', 'private'] as const)
    known[name] ||= one[name]
  for (const name of ['link_id', 'ua_class', 'referrer', 'claimed_by'] as const)
    known[name] = leastText(known[name], one[name]) as string
}

/** `https://News.Example/x?y` → `news.example`: where a reader came from, not what they read there. */
export function referrerHost(referrer: string | undefined): string | null {
  if (!referrer) return null
  try {
    return new URL(referrer).hostname.toLowerCase().slice(0, 255) || null
  } catch {
    return null
  }
}
