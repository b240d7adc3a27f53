import type { State } from '../contract/words.ts'
import { active, gone, input } from './clock.ts'
import { now, post } from './post.ts'
import { acknowledge, items, session, view } from './visit.ts'

/**
 * Sending. Views are cumulative and events have ids, so saying something twice is harmless, and saying nothing the only
 * mistake to avoid. An acknowledgement removes what it names, but for the current view, which goes on growing: that one
 * is **settled** while its time and the reader's state are those last acknowledged.
 *
 * One variable, `hold`, keeps batches apart: 0 when there is nothing in flight and nothing failed; else the moment from
 * which on it may be tried again. Each batch sets it as if it were to fail, an acknowledgement sets it to 0, and
 * `Retry-After` adds to it. At a goodbye that falls into it, the standby has the last word.
 */

/** The largest item, an event, has 2.8 kB: bodies stay below 60 kB. Chromium shares 64 KiB among all keepalive requests of a page. */
const ITEMS_PER_BATCH = 20
/** An API that hangs must not hold a connection that the page's own links need. */
const ANSWER_MS = 10_000
const BACK_OFF_MS = 5_000

let settled: string
let backOff = 0
export let hold = 0

/**
 * The last word, held by the browser, should the page die. fetchLater arrived 3 of 3 times when the whole browser was
 * quit, keepalive and beacon 1 of 3, and it survives a killed renderer. Where it is missing, when hidden, a beacon:
 * Firefox loses keepalive requests when it is closed.
 */
const later =
  (window as unknown as { fetchLater?: typeof fetch }).fetchLater ||
  (((url: string, { body }: { body: string }) => document.hidden && navigator.sendBeacon(url, body)) as never)

/**
 * Posts what is not settled.
 * @param standby where it is the last word, should the page die: withdraws it
 */
export async function deliver(standby?: AbortSignal): Promise<void> {
  const state: State = standby || gone ? 'left' : active ? 'reading' : 'away'
  const mark = state + view?.active_ms
  const said = items.slice(0, ITEMS_PER_BATCH)
  if (session && (said[1] || settled !== mark)) {
    if (!standby) {
      backOff += BACK_OFF_MS
      hold = now() + backOff * (0.5 + Math.random())
    }
    const answer = await post(
      'beat',
      {
        session,
        state,
        input,
        views: said.filter(item => !item.type),
        events: said
          .filter(item => item.type)
          .map(event => ({ ...event, ago_ms: (now() - event.ago_ms) >>> 0 })),
      },
      standby ? later : fetch,
      standby || AbortSignal.timeout?.(ANSWER_MS),
    )
    // taken, or refused for good
    if (/^(2|40[^8]|41)/.test(answer?.status as never)) {
      acknowledge(said)
      settled = mark
      hold = backOff = 0
    } else hold += 1_000 * +(answer?.headers?.get('retry-after') as string) || 0
  }
}
