/**
 * The tracker: what one document sees of its reader, and says of it.
 *
 * **The clock.** Time is active while the page is visible AND its window focused AND the reader not idle. That is asked of
 * the browser as state, never counted from events: at every event of the page's life, again right after it (Firefox says
 * `hasFocus() === false` inside the blur that a click into a frame causes, and true right after), at inputs, and once a
 * second. Each look closes the interval since the last one by the state that held in it:
 *
 *            load event, and shown                 seen, focused, not idle
 *   asleep ────────────────────────▶ inactive ◀────────────────────────────▶ active ── credits now − last
 *   (prerendered, in a background tab)   hidden, blurred, idle, left, frozen           at each look
 *
 * An idle reader is credited up to the idle limit; coming back is as good as an input. `performance.now()` measures, so a
 * step of the wall clock adds nothing; a gap over GAP_MAX_MS was a sleep or a standstill and adds nothing either. From the
 * back/forward cache a document wakes where it stood: within the window the same view goes on.
 *
 * **The session.** The cookie decides, because all tabs share it and the browser itself removes it when the window has
 * passed. Where it does not stick, sessionStorage does, then memory; there the moment of the last activity decides. Wall
 * clock for both, as the cookie jar has no other: after a sleep the window has passed although `performance.now()` may
 * have stood still. When a session began is in its id, a UUIDv7.
 *
 *   activity ──▶ the session of the cookie, else the one known here if its window has not passed
 *            └─▶ neither, or too old: under a lock, look again, as another tab may have been first; then a new one
 *
 * Every change of session or page opens a new view.
 *
 * **The sending.** Views are cumulative and events have ids, so saying something twice is harmless, and saying nothing the
 * only mistake to avoid. What was acknowledged is *settled*, until the reader's state or a view changes. `hold` keeps
 * batches apart: 0 when nothing is in flight and nothing failed; else the moment from which on it may be tried again. Each
 * batch sets it as if it were to fail, an acknowledgement sets it to 0, `Retry-After` adds to it. At a goodbye that falls
 * into it, the standby has the last word. What no answer acknowledged waits here and, for the campaign's next page in this
 * tab, in sessionStorage.
 *
 * One file, because state that modules share cost 80 bytes (docs/decisions/0010).
 */

import { LABEL_MAX, PAGE_MAX, TARGET_MAX } from '../contract/limits.ts'
import { ACTUAL_MS, BEAT_MS, EVENT_MAX_WAIT_MS, EVENTS_PER_BATCH } from '../contract/timings.ts'
import type { SentEvent, ViewState } from '../contract/wire.ts'
import { EVENT_TYPES, type EventType, type State } from '../contract/words.ts'
import { newId } from './id.ts'
import { now, post } from './post.ts'
import { api, cookie, idleMs, maxMs, ms, name, PRIVATE, page } from './settings.ts'

/** A longer gap between two looks is a sleep or a standstill, and counts nothing. */
const GAP_MAX_MS = 5_000
/** The largest event has 2.8 kB, a view of a campaign 0.3: bodies stay below 60 kB. Chromium shares 64 KiB among all keepalive requests of a page. */
const EVENTS_MAX = 18
const VIEWS_MAX = 20
const BACK_OFF_MS = 5_000

/** By place in this list; a place beyond its end is no event. */
const types: readonly EventType[] = EVENT_TYPES
const FORWARD = 0
const EXTERNAL = 1
const CTA = 2
const LEAD = 3
const NONE = 4

let session: string
/** The current view, and those before it that are not acknowledged. */
let views: ViewState[]
/** What was not acknowledged. `ago_ms` holds the moment it happened, and becomes an age when it is sent. */
let events: SentEvent[]
/** Active milliseconds of the session that this tab knows of, those of earlier pages included. */
let total: number
let lastActivity: number
/** 0 where there is none yet. */
let view: ViewState
/** The section before the reader's eyes. */
let part: string | undefined

let active = false
/** Some pointer, key, touch or scroll happened. */
let input = false
let lastLook: number
let lastInput: number

let settled: string
/** How many of the moments at which a beat is due have passed: the session became Actual; the view crossed 30, 60, 90 … s. */
let marks: number
let backOff = 0
let hold = 0

/**
 * Posts what is not settled.
 * @param standby only should the page die before the next look
 */
const deliver = (standby?: boolean): void => {
  const state: State = standby ? 'left' : active ? 'reading' : 'away'
  const mark = state + JSON.stringify(views)
  // ids are made here, not in the click, whose paint would wait: one costs 1 ms, four of them on a phone
  const said = events.slice(0, EVENTS_MAX).filter(event => (event.id ||= newId()))
  const current = view
  if (said[0] || settled !== mark) {
    if (!standby) {
      // biome-ignore lint/suspicious/noAssignInExpressions: two bytes
      hold = (backOff += BACK_OFF_MS) * (1 + Math.random()) + now()
    }
    post('/beat', { session, events: said, views: views.slice(-VIEWS_MAX), input, state }, standby)
      // a standby has no answer to wait for
      .then?.(answer => {
        // taken, or refused for good
        if (/^2|40[^8]|41/.test(answer.status as never)) {
          // the views before it had all grown to their end when this was sent
          if (current === view) views = [current]
          events = events.filter(event => !said.includes(event))
          backOff = hold = 0
          settled = mark
        } else hold += 1_000 * (answer.headers.get('retry-after') as never) || 0
      })
      .catch(now)
  }
}

/**
 * There is activity: goes on with the session, with another tab's, or with a new one.
 * @param hurried does not wait for the lock: it is held already, or a click must have its session now
 */
const resume = (hurried: unknown): unknown => {
  const here = page || location.pathname.slice(0, PAGE_MAX)
  // biome-ignore lint/style/useTemplate: three bytes
  let id = ((!PRIVATE && document.cookie.split(name + '=')[1]?.slice(0, 36)) ||
    (Date.now() - lastActivity < ms && session)) as string
  // until its end; a UUIDv7 says when it began
  let left: number = (id as never) && maxMs - now() + parseInt(id.replace('-', ''), 16)
  if (!(left > 0)) {
    // Five tabs opened at once make one session; where locks are missing or refused, the cookie alone must do. `hurried` is
    // set where this is called with a lock, or with the error that refused one.
    if (!hurried) return navigator.locks?.request(name, resume).catch(resume) || resume(true)
    id = newId()
    left = maxMs
    const utm: Record<string, string | null> = {}
    ;['source', 'medium', 'campaign'].map(
      key => (utm[key] = new URL(location as never).searchParams.get(`utm_${key}`)),
    )
    post('/sessions', { page: here, id, utm, referrer: document.referrer }).catch(now)
  }
  if (id !== session) {
    if (view) deliver()
    events = []
    total = 0
    view = 0 as never
    views = []
    session = id
  }
  if (view?.page !== here) {
    view = { parts: {}, scroll: 0, active_ms: 0, id: newId(), page: here }
    views.push(view)
  }
  lastActivity = Date.now()
  if (!PRIVATE)
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and Chromium's own
    // biome-ignore lint/style/useTemplate: four bytes
    document.cookie = name + '=' + id + cookie + ((Math.min(ms, left) / 1000) | 0)
}

/** Everything begins here: an event of the page's life, something the reader did, or the second's tick (no event). */
const wake = (event?: Event): void => {
  // no error of ours reaches the page
  try {
    const type = event?.type as string
    const acted = /da|cl/.test(type) // formdata, click, auxclick
    const did = /er|sc|ke|wh/.test(type) // pointermove, pointerdown, scroll, keydown, wheel
    const before = active
    const at = now()

    if (!view) {
      // nothing before the page has loaded and is shown, be it prerendered or opened in the background
      if (!acted && (document.hidden || document.readyState > 'd')) return
      try {
        if (!PRIVATE) [session, views, events, total, lastActivity] = JSON.parse(sessionStorage[name])
      } catch {}
    }

    if (view && active && at - lastLook < GAP_MAX_MS) {
      const time = Math.min(at - lastLook, idleMs - lastLook + lastInput)
      view.active_ms += time
      total += time
      if (part) view.parts[part] = (view.parts[part]! | 0) + time
    }
    if (event) lastInput = at
    // while a lock is waited for there is no view yet to credit, and the interval stays open
    if (!active || view) lastLook = at
    input ||= did
    active = !document.hidden && document.hasFocus() && at - lastInput < idleMs && !/hid|free/.test(type) // pagehide, freeze
    if (before && active && did) return
    // The opt-out is asked for anew, because it can be said in another tab; but not in a click, which the look after it
    // follows: the cookie costs 1 ms.
    if (!(view && active && event) && /pb_out=1/.test(document.cookie)) return

    if (!view || (active && !event)) resume(acted)

    // One click, one event: the first that fits. A form says so by `formdata`: the browser gathers its fields when it really
    // sends it, after every listener let it pass. Where nothing of ours was clicked, this look ends here by a TypeError.
    if (acted) {
      const { button, formData, target } = event as MouseEvent & FormDataEvent
      // the lead form of a hosted page learns the session, as under GPC no cookie tells it; elsewhere it is a lead
      if (page) formData?.append('session', session)
      const {
        dataset: { pbEvent, pbCta },
        // biome-ignore lint/performance/useDomNodeTextContent: the label as it is seen, without what is hidden in it
        innerText,
        href,
        host,
        pathname,
      } = (target as Element).closest(
        formData ? '[data-pb-lead]' : 'a,[data-pb-event],[data-pb-cta]',
      ) as HTMLAnchorElement
      const named = types.indexOf(pbEvent as EventType)
      const kind =
        types[
          named >= 0
            ? named
            : pbEvent
              ? CTA
              : formData
                ? LEAD
                : host && host !== location.host
                  ? EXTERNAL
                  : // the later pages in reading order are also later in the alphabet
                    pathname > location.pathname && href.match(`${api}/c`)
                    ? FORWARD
                    : // mailto: and tel:
                      (pbCta as string) >= '' || /^[mt]/.test(href)
                      ? CTA
                      : NONE
        ]
      // the right button opens a menu, it follows no link
      if (!(button > 1) && kind)
        events.push({
          type: kind,
          label: ((named < 0 && pbEvent) || innerText).slice(0, LABEL_MAX),
          ago_ms: at,
          target: href?.slice(0, TARGET_MAX),
          view: view.id,
        } as SentEvent)
    }

    // What follows takes 2 ms, mostly fetchLater: while the page is read, it waits until an answer to the reader is painted.
    if (event) {
      setTimeout(wake)
      if (active) return
    }

    // a section that fills most of the window covers its middle
    part = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest<HTMLElement>('[data-pb-part]')
      ?.dataset.pbPart
    // one pixel more, as scrollY is rounded down on screens of fractional density
    view.scroll = Math.max(
      Math.min(100, ((100 * (1 + scrollY + innerHeight)) / document.documentElement.scrollHeight) | 0),
      view.scroll,
    )

    if (
      hold < at &&
      // biome-ignore lint/suspicious/noAssignInExpressions: five bytes
      (marks < (marks = +(total > ACTUAL_MS) + ((view.active_ms / BEAT_MS) | 0)) ||
        hold ||
        event ||
        events[EVENTS_PER_BATCH - 1] ||
        at - (events[0] as SentEvent)?.ago_ms > EVENT_MAX_WAIT_MS)
    )
      deliver()
    if (event || active) deliver(true)
    // last, with the ids that the standby gave
    if (!PRIVATE && event)
      sessionStorage[name] = JSON.stringify([session, views, events, total, lastActivity])
  } catch {}
}

setInterval(wake, 1_000)
// on the window and capturing: nested scrollers and stopped events are seen too
'auxclick pageshow scroll formdata visibilitychange wheel blur focus keydown click freeze pointerdown pointermove pagehide'
  .split(' ')
  .map(type => addEventListener(type, wake, { passive: true, capture: true }))
