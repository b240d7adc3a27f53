import type { Entry } from '../contract/entry.ts'
import type { DropReason, EventType } from '../contract/words.ts'
import { plainArray, textArray, timeArray } from './array_literal.ts'
import type { Query } from './database.ts'
import { type Folded, type FoldedSession, fold, itemsOf } from './fold.ts'

export { itemsOf } from './fold.ts'

/** Counted in items: a session fact, a view state, an event, an open. Their sum is what was given. */
export interface SaveOutcome {
  /** changed what the store holds */
  stored: number
  /** said nothing that was not known, or was said by another item of the same save */
  duplicate: number
  dropped: Partial<Record<DropReason, number>>
}

/**
 * Saves what the queue carried. Saving it again changes nothing, in whatever order and with whatever other entries.
 * @param query of a transaction as service_role
 * @throws database errors with their SQLSTATE; BrokenSave where the database does not answer what it must
 */
export async function saveBatch(query: Query, entries: Entry[]): Promise<SaveOutcome> {
  const { admitted, dropped } = await admit(query, entries)
  const folded = fold(admitted)
  for (const [reason, n] of Object.entries(folded.dropped))
    dropped[reason as DropReason] = (dropped[reason as DropReason] ?? 0) + n
  const received = entries.reduce((sum, entry) => sum + itemsOf(entry), 0)
  const given = { received, dropped: JSON.stringify(dropped), ...columns(folded) }
  const names = Object.keys(given)
  const rows = await query<{ outcome: SaveOutcome | null }>(
    `select internal.save_batch(${names.map((name, i) => `${name} => $${i + 1}`).join(', ')}) as outcome`,
    Object.values(given),
  )
  const outcome = rows[0]?.outcome
  if (!outcome) throw new BrokenSave('the save was answered without a row')
  return outcome
}

/** The database answered something that no working database answers; nothing may be acknowledged. */
export class BrokenSave extends Error {}

/** Leaves out what arrived for a link after it was switched off or had expired, or for none that exists. */
async function admit(query: Query, entries: Entry[]) {
  const links = await query<{ link_id: string; campaign_id: string; ends_at: Date | null }>(
    'select link_id, campaign_id, ends_at from internal.prepare_save($1::uuid[])',
    [plainArray([...new Set(entries.map(entry => entry.link_id))])],
  )
  const known = new Map(links.map(link => [`${link.campaign_id} ${link.link_id}`, link]))
  const dropped: Partial<Record<DropReason, number>> = {}
  const admitted = entries.filter(entry => {
    const link = known.get(`${entry.campaign_id} ${entry.link_id}`)
    const off = link?.ends_at && link.ends_at.getTime() <= entry.received_at
    const reason = !link ? 'unknown_link' : off ? 'link_off' : null
    if (reason) dropped[reason] = (dropped[reason] ?? 0) + itemsOf(entry)
    return !reason
  })
  return { admitted, dropped }
}

/** The typed arrays of internal.save_batch, in key order. */
function columns(folded: Folded): Record<string, string> {
  const inKeyOrder = <T>(map: Map<string, T>) => [...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  const keyed = inKeyOrder(folded.sessions)
  const sessions = keyed.map(([, session]) => session)
  const place = new Map(keyed.map(([key], i) => [key, i + 1]))
  const opens = inKeyOrder(folded.opens).map(([, open]) => open)
  const views = sessions.flatMap((session, i) =>
    inKeyOrder(session.views).map(([, view]) => ({ s: i + 1, view })),
  )
  const parts = views.flatMap(({ s, view }) =>
    inKeyOrder(view.parts).map(([part, ms]) => ({ s, view: view.id, part, ms })),
  )
  const events = sessions.flatMap((session, i) =>
    inKeyOrder(session.events).map(([, event]) => ({ s: i + 1, event })),
  )
  const links = new Map<string, number>()
  const linkOf = (one: { campaign_id: string; link_id: string }) => {
    const key = `${one.campaign_id} ${one.link_id}`
    if (!links.has(key)) links.set(key, links.size + 1)
    return links.get(key)!
  }
  const s_l = plainArray(sessions.map(linkOf))
  const o_l = plainArray(opens.map(linkOf))
  const pairs = [...links.keys()].map(key => key.split(' '))
  return {
    l_campaign: plainArray(pairs.map(([campaign]) => campaign!)),
    l_id: plainArray(pairs.map(([, link]) => link!)),
    s_l,
    o_l,
    s_campaign: plainArray(sessions.map(s => s.campaign_id)),
    s_id: plainArray(sessions.map(s => s.id)),
    s_link: plainArray(sessions.map(s => s.link_id)),
    s_open: plainArray(sessions.map(s => s.open_id)),
    s_items: plainArray(sessions.map(s => s.items)),
    s_sliding: plainArray(sessions.map(s => s.sliding)),
    s_window: plainArray(sessions.map(s => s.window_ms)),
    s_served: timeArray(sessions.map(s => s.served_at)),
    s_started: timeArray(sessions.map(s => s.started_at)),
    s_last: timeArray(sessions.map(s => s.last_at)),
    s_state: plainArray(sessions.map(s => s.state)),
    s_automated: plainArray(sessions.map(s => s.automated)),
    s_input: plainArray(sessions.map(s => s.input)),
    s_private: plainArray(sessions.map(s => s.private)),
    s_owner_device: plainArray(sessions.map(s => s.owner_device)),
    s_owner_login: plainArray(sessions.map(s => s.owner_login)),
    s_prefetch: plainArray(sessions.map(s => s.prefetch)),
    s_ua_class: textArray(sessions.map(s => s.ua_class)),
    s_device: textArray(sessions.map(s => s.device)),
    s_browser: textArray(sessions.map(s => s.browser)),
    s_os: textArray(sessions.map(s => s.os)),
    s_referrer: textArray(sessions.map(s => s.referrer)),
    s_utm_source: textArray(sessions.map(s => s.utm_source)),
    s_utm_medium: textArray(sessions.map(s => s.utm_medium)),
    s_utm_campaign: textArray(sessions.map(s => s.utm_campaign)),
    s_language: textArray(sessions.map(s => s.language)),
    s_ua_hash: textArray(sessions.map(s => s.ua_hash)),
    ...sums(sessions),
    v_s: plainArray(views.map(v => v.s)),
    v_id: plainArray(views.map(v => v.view.id)),
    v_page: textArray(views.map(v => v.view.page)),
    v_active: plainArray(views.map(v => v.view.active_ms)),
    v_scroll: plainArray(views.map(v => v.view.scroll)),
    v_first: timeArray(views.map(v => v.view.first_at)),
    v_last: timeArray(views.map(v => v.view.last_at)),
    v_parts: plainArray(views.map(v => v.view.parts.size)),
    p_s: plainArray(parts.map(p => p.s)),
    p_view: plainArray(parts.map(p => p.view)),
    p_part: textArray(parts.map(p => p.part)),
    p_active: plainArray(parts.map(p => p.ms)),
    e_s: plainArray(events.map(e => e.s)),
    e_id: plainArray(events.map(e => e.event.id)),
    e_type: textArray(events.map(e => e.event.type)),
    e_view: plainArray(events.map(e => e.event.view)),
    e_label: textArray(events.map(e => e.event.label)),
    e_target: textArray(events.map(e => e.event.target)),
    e_at: timeArray(events.map(e => e.event.at)),
    e_claimed: plainArray(events.map(e => e.event.claimed)),
    o_s: plainArray(
      opens.map(o => (o.claimed_by ? (place.get(`${o.campaign_id} ${o.claimed_by}`) ?? null) : null)),
    ),
    o_items: plainArray(opens.map(o => o.items)),
    o_campaign: plainArray(opens.map(o => o.campaign_id)),
    o_id: plainArray(opens.map(o => o.id)),
    o_link: plainArray(opens.map(o => o.link_id)),
    o_at: timeArray(opens.map(o => o.at)),
    o_ua_class: textArray(opens.map(o => o.ua_class)),
    o_referrer: textArray(opens.map(o => o.referrer)),
    o_owner_device: plainArray(opens.map(o => o.owner_device)),
    o_owner_login: plainArray(opens.map(o => o.owner_login)),
    o_prefetch: plainArray(opens.map(o => o.prefetch)),
    o_private: plainArray(opens.map(o => o.private)),
  }
}

/** What the given rows of each session add up to. It holds for a new session; the save recounts an old one. */
function sums(sessions: FoldedSession[]): Record<string, string> {
  const time = (session: FoldedSession, page?: string) => {
    let ms = 0
    for (const view of session.views.values())
      if (page === undefined || view.page === page) ms += view.active_ms
    return ms
  }
  const acts = (session: FoldedSession, type: EventType) => {
    let n = 0
    for (const event of session.events.values()) if (event.type === type) n += 1
    return n
  }
  return {
    s_active: plainArray(sessions.map(s => time(s))),
    s_views: plainArray(sessions.map(s => s.views.size)),
    s_acts: plainArray(sessions.map(s => s.events.size)),
    s_forwards: plainArray(sessions.map(s => acts(s, 'forward_navigation'))),
    s_externals: plainArray(sessions.map(s => acts(s, 'external_link'))),
    s_ctas: plainArray(sessions.map(s => acts(s, 'cta_click'))),
    s_leads: plainArray(sessions.map(s => acts(s, 'lead_submit'))),
    s_summary: plainArray(sessions.map(s => time(s, 'summary'))),
    s_case_studies: plainArray(sessions.map(s => time(s, 'case_studies'))),
    s_contact: plainArray(sessions.map(s => time(s, 'contact'))),
  }
}
