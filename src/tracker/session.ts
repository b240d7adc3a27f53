import { LABEL_MAX, TARGET_MAX } from '../contract/limits.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { optedOut, readCookie, writeCookie } from './cookie.ts'
import { isUnsettled, items, keepItem, post, type Session } from './outbox.ts'
import { AGE_MAX, NAME, PRIVATE, settings, WINDOW } from './settings.ts'
import { openView, pageName } from './view.ts'

/**
 * Which session this is. The cookie decides, because all tabs share it and the browser itself removes it when the
 * window has passed. Where it does not stick, sessionStorage, then memory; there the moment of the last activity
 * decides. Wall clock throughout, as the cookie jar has no other: after a sleep the window has passed although
 * `performance.now()` may have stood still. When the session began is in its id, a UUIDv7.
 */
export let session: Session
let lastActivity = 0
/** Active milliseconds of the session that this tab knows of, those of earlier pages included. */
export let total = 0

const age = (id: string) => Date.now() - Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
export const isOver = () => session._id && age(session._id) >= AGE_MAX

export function accrue(ms: number): void {
  total += ms
  lastActivity = Date.now()
}

/** The id of a session whose window has not passed: the cookie's, else the one known here. */
function ongoing(): string | undefined {
  const id = readCookie() || (Date.now() - lastActivity < WINDOW && session?._id)
  return id && age(id) < AGE_MAX ? id : undefined
}

function renew(): void {
  lastActivity = Date.now()
  writeCookie(session._id, Math.min(WINDOW, AGE_MAX - age(session._id)))
}

/** Gives the session its id: the one another tab has just made, or a new one. */
export function name(): void {
  if (session._id) return
  const found = ongoing()
  session._id = found ?? uuidv7()
  renew()
  if (found) return
  const query = new URLSearchParams(location.search)
  const utm = (key: string) => query.get(`utm_${key}`)?.slice(0, LABEL_MAX)
  post(
    '/sessions',
    JSON.stringify({
      v: 1,
      ticket: settings.ticket,
      id: session._id,
      page: pageName(),
      referrer: document.referrer.slice(0, TARGET_MAX),
      utm: { source: utm('source'), medium: utm('medium'), campaign: utm('campaign') },
      automated: !!navigator.webdriver,
      language: navigator.language,
    }),
  )
}

/** There is activity: goes on with the session, with another tab's, or with a new one. */
export function resume(): void {
  if (optedOut()) return
  const id = ongoing()
  if (id && id === session?._id) renew()
  else if (!session || session._id) {
    session = { _id: id ?? '' }
    total = 0
    openView()
    if (id) renew()
    // five tabs opened at once make one session
    else
      try {
        navigator.locks.request(NAME, name).catch(name)
      } catch {
        name()
      }
  }
}

/** sessionStorage for the campaign's next page in this tab: the session, and what was not acknowledged. */
export function save(): void {
  try {
    if (!PRIVATE)
      sessionStorage[NAME] = JSON.stringify([
        session._id,
        lastActivity,
        total,
        items.filter(isUnsettled).map(item => [item._session._id, item._data, item._event]),
      ])
  } catch {}
}

export function restore(): void {
  try {
    if (PRIVATE) return
    const [id, at, ms, kept] = JSON.parse(sessionStorage[NAME])
    session = { _id: id }
    lastActivity = at
    total = ms
    for (const [_id, data, isEvent] of kept) keepItem({ _id }, data, isEvent)
  } catch {}
}
