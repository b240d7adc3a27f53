import { api, ticket } from './settings.ts'

/** An API that hangs must not hold a connection that the page's own links need. */
const PATIENCE_MS = 10_000
/** Longer than a tick, so that one standby is always armed. Two of them do no harm. */
const STANDBY_MS = 2_000

/** Whole milliseconds: monotonic within a document, and comparable with what an earlier page of this tab kept. */
export const now = () => Math.round(performance.timeOrigin + performance.now())

/**
 * The last word, held by the browser, should the page die. fetchLater arrived 3 of 3 times when the whole browser was
 * quit, keepalive and beacon 1 of 3, and it survives a killed renderer. Where it is missing, when hidden, a beacon:
 * Firefox loses keepalive requests when it is closed.
 */
const later =
  (window as unknown as { fetchLater?: typeof fetch }).fetchLater ||
  (((url: string, { body }: { body: string }) => document.hidden && navigator.sendBeacon(url, body)) as never)

/**
 * The only way out of the page.
 * Rejections are caught by `now`: any function that does not throw will do, and none of ours reaches the page.
 * @param standby sends only should the page die within STANDBY_MS; there is no answer to wait for then
 */
export const post = (path: string, body: object, standby?: boolean) =>
  (standby ? later : fetch)(api + path, {
    method: 'POST',
    keepalive: true,
    // missing before Safari 16, which has no fetchLater either
    signal: AbortSignal.timeout?.(standby ? STANDBY_MS : PATIENCE_MS),
    body: JSON.stringify(
      { ...body, ticket, v: 1, automated: !!navigator.webdriver },
      // negative where the wall clock was set back between two pages of this tab: refused, it would cost the batch
      (key, value) => (key === 'ago_ms' ? Math.abs(now() - value) : value),
    ),
  })
