/**
 * What the page tells the tracker, all in the script element's own data attributes. Hosted pages render them; the
 * first line of `GET /p/:slug/pb.js` sets them: `Object.assign(document.currentScript.dataset, {ticket: …, …})`. One
 * way for both, and nothing global that an element's id or the host's own script could shadow.
 *
 *   ticket   as issued               api      where to post, without a slash at the end
 *   name     of the cookie, the lock and the key in sessionStorage: `pb_<slug>`
 *   cookie   its attributes, up to `max-age=`
 *   ms       the session window      maxMs    the age at which a session ends however active it is; in a fixed window = ms
 *   idleMs   the idle limit, `Infinity` = never
 *   page     one of the three; absent on embedding sites
 *
 * The numbers are text, but used only where JavaScript takes text for a number.
 */
interface Settings {
  ticket: string
  api: string
  name: string
  cookie: string
  ms: number
  maxMs: number
  idleMs: number
  page: string
}

export const { page, api, ticket, name, ms, maxMs, cookie, idleMs } = (
  document.currentScript as HTMLScriptElement
).dataset as unknown as Settings

/** Global Privacy Control or Do Not Track: no cookie, no storage, an id that lives in the document only. */
export const PRIVATE =
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
  (navigator.doNotTrack as unknown as number) > 0
