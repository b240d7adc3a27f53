import { LABEL_MAX, PAGE_MAX, TARGET_MAX } from '../contract/limits.ts'
import type { SentEvent, ViewState } from '../contract/wire.ts'
import { optedOut, readCookie, writeCookie } from './cookie.ts'
import { newId } from './id.ts'
import { deliver } from './outbox.ts'
import { now, post } from './post.ts'
import { quietly } from './quietly.ts'
import { maxMs, ms, NAME, PRIVATE, page } from './settings.ts'

/**
 * Which session and which view this is.
 *
 * The cookie decides about the session, because all tabs share it and the browser itself removes it when the window has
 * passed. Where it does not stick, sessionStorage does, then memory; there the moment of the last activity decides. Wall
 * clock throughout, as the cookie jar has no other: after a sleep the window has passed although `performance.now()` may
 * have stood still. When a session began is in its id, a UUIDv7.
 *
 *   load, or activity ──▶ the session of the cookie, else the one known here if its window has not passed
 *                     └─▶ neither: under a lock, look again, as another tab may have been first; then a new one
 *
 * Every change of session or page opens a new view.
 */
export type Item = ViewState & SentEvent

export let session: string
/** What was not acknowledged, and the current view. `ago_ms` of an event holds the moment it happened. */
export let items: Item[] = []
let lastActivity = 0
/** Active milliseconds of the session that this tab knows of, those of earlier pages included. */
export let total = 0
export let view: Item
/** The section before the reader's eyes. */
let part: string | undefined
let cookieAt = 0

// biome-ignore lint/style/useNumberNamespace: five bytes
const age = (id: string) => now() - parseInt(id.replace('-', ''), 16)

/** The page's name: given, or on embedding sites that of an element marked `data-pb-page`, else the path. */
const pageName = () =>
  page ||
  (document.querySelector<HTMLElement>('[data-pb-page]')?.dataset.pbPage || location.pathname).slice(
    0,
    PAGE_MAX,
  )

/** Active time passed: for the session, the view, and the part. */
export function credit(time: number): void {
  view.active_ms += time
  total += time
  if (part) view.parts[part] = (view.parts[part] || 0) + time
}

/** There is activity: goes on with the session, with another tab's, or with a new one. */
export function resume(locked?: boolean): void {
  if (optedOut()) return
  let id = readCookie() || (Date.now() - lastActivity < ms && session)
  if (!id || age(id) >= maxMs) {
    // five tabs opened at once make one session; where locks are missing, the cookie alone must do
    if (!locked) {
      navigator.locks?.request(NAME, begin).catch(begin) ?? begin()
      return
    }
    id = newId()
    const utm: Record<string, string> = {}
    new URLSearchParams(location.search).forEach((value, key) => {
      if (/^utm_/.test(key)) utm[key.slice(4)] = value.slice(0, LABEL_MAX)
    })
    post(
      'sessions',
      {
        id,
        page: pageName(),
        referrer: document.referrer.slice(0, TARGET_MAX),
        utm,
        language: navigator.language,
      },
      fetch,
    )
  }
  if (id !== session) {
    deliver()
    session = id
    items = []
    total = cookieAt = 0
    view = undefined as unknown as Item
  }
  if (view?.page !== pageName()) {
    view = { id: newId(), page: pageName(), active_ms: 0, scroll: 0, parts: {} } as unknown as Item
    // copies: what is in flight of the old view is acknowledged in vain, for it may have grown since
    items = [...items.map(item => ({ ...item })), view]
  }
  lastActivity = Date.now()
  // not at every tick, but often enough that a killed page costs the window little
  if (lastActivity - cookieAt > ms / 9) {
    cookieAt = lastActivity
    writeCookie(id, Math.min(ms, maxMs - age(id)))
  }
}
export const begin = () => resume(true)

/** Keeps for the campaign's next page in this tab what it goes on with, and what it has to deliver. */
export function save(): void {
  if (!PRIVATE) sessionStorage[NAME] = JSON.stringify([session, items, total, lastActivity])
}

export const restore = quietly(() => {
  if (!PRIVATE) [session, items, total, lastActivity] = JSON.parse(sessionStorage[NAME])
})

export function acknowledge(said: Item[]): void {
  items = items.filter(item => item === view || !said.includes(item))
}

/** Sees what the window shows: the part, and how far down the page has been shown. */
export function look(): void {
  // a section that fills most of the window covers its middle
  part = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest<HTMLElement>('[data-pb-part]')
    ?.dataset.pbPart
  // one pixel more, as scrollY is rounded down on screens of fractional density
  view.scroll = Math.max(
    view.scroll,
    Math.min(100, ((100 * (scrollY + innerHeight + 1)) / document.documentElement.scrollHeight) | 0),
  )
}
