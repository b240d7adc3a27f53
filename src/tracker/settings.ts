import type { TicketAnswer } from '../contract/wire.ts'

/**
 * What the page tells the tracker, all in the script element's own data attributes. Hosted pages render them; the
 * script of `GET /p/:slug/pb.js` sets them itself, by a first line that fills `document.currentScript.dataset`.
 * One way for both, and nothing global that an element's id or the host's own script could shadow.
 */
interface Settings {
  ticket: TicketAnswer['ticket']
  /** where to post, without a slash at the end, e.g. `https://pitch.example/p/acme-x1y2` */
  api: TicketAnswer['api']
  slug: string
  /** `sliding` or `fixed` */
  window: TicketAnswer['window']['kind']
  /** milliseconds, as text: the session window, the longest a sliding session may last, the idle limit (0 = never) */
  ms: string
  maxMs: string
  idleMs: string
  /** one of the three pages; absent on embedding sites */
  page?: string
}

export const settings = { ...(document.currentScript as HTMLScriptElement).dataset } as unknown as Settings

/** Names the cookie and the key in sessionStorage. */
export const NAME = `pb_${settings.slug}`
export const WINDOW = +settings.ms
/** The age at which a session ends however active it is. */
export const AGE_MAX = settings.window === 'fixed' ? WINDOW : +settings.maxMs
export const IDLE = +settings.idleMs || Number.POSITIVE_INFINITY

/** Global Privacy Control or Do Not Track: no cookie, no storage, an id that lives in the document only. */
export const PRIVATE =
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl || navigator.doNotTrack === '1'
