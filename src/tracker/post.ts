import { api, ticket } from './settings.ts'

/** Whole milliseconds: monotonic within a document, and comparable with what an earlier page of this tab kept. */
export const now = () => Math.round(performance.timeOrigin + performance.now())

/**
 * The only way out of the page. Never rejects: without an answer it answers undefined.
 * @param by `fetch`, or what takes the same arguments
 */
export const post = async (path: string, body: object, by = fetch, signal?: AbortSignal) => {
  try {
    return await by(`${api}/${path}`, {
      method: 'POST',
      keepalive: true,
      signal: signal as AbortSignal,
      body: JSON.stringify({ v: 1, ticket, automated: !!navigator.webdriver, ...body }),
    })
  } catch {}
}
