import { VIEWS_PER_BATCH } from '../contract/limits.ts'
import { DAY_MS } from '../contract/timings.ts'
import type { SentEvent, ViewState } from '../contract/wire.ts'
import type { State } from '../contract/words.ts'
import { optedOut } from './cookie.ts'
import { save } from './session.ts'
import { settings } from './settings.ts'

/**
 * What was not acknowledged yet. An item is **unsaid** while its present text differs from the text last sent:
 * sending makes it said, a failure unsaid again, an acknowledgement removes it. The current view is never removed, as
 * it goes on growing; it is **settled** while the text that was acknowledged is its present one. Views are cumulative
 * and events have ids, so saying something twice is harmless and saying nothing is the only mistake to avoid.
 *
 * A batch belongs to one session. The session of an item may not have its id yet: then the item waits.
 */
export interface Session {
  _id: string
}
export interface Item {
  _session: Session
  _event: boolean
  /** `ago_ms` of an event holds the moment it happened until it is sent */
  _data: SentEvent | ViewState
}

/** Characters of one body: at 3 bytes each below 60 kB. Chromium shares 64 KiB among all keepalive requests of a page. */
const BODY_CHARS = 20_000
/** An API that hangs is one that failed. */
const ANSWER_MS = 10_000
const BACK_OFF_MAX_MS = 60_000

export let items: Item[] = []
const said = new Map<Item, string>()
let current: Item
let settled: string
let lastState: State | undefined

let failures = 0
/** No sending before: our own back-off, which a goodbye overrides; and the server's `Retry-After`, which nothing does. */
let backOff = 0
let retryAfter = 0
/** Something is to be said that could not be said when its moment came. */
export let waiting = false

/** Milliseconds: monotonic within a document, and comparable with what an earlier page of this tab kept. */
export const moment = () => performance.timeOrigin + performance.now()

const textOf = (item: Item) => JSON.stringify(item._data)
const isUnsaid = (item: Item) => said.get(item) !== textOf(item)
export const isUnsettled = (item: Item) => item !== current || settled !== textOf(item)
export const unsaidEvents = () => items.filter(item => item._event && isUnsaid(item))

export function keepItem(session: Session, data: Item['_data'], isEvent?: boolean): void {
  const item = { _session: session, _event: !!isEvent, _data: data }
  items.push(item)
  if (!isEvent) {
    current = item
    settled = textOf(item)
    said.set(item, settled)
  }
}

/** One batch: the picked items of the first session that has any, as many as fit. */
function pack(pick: (item: Item) => boolean, state: State, input: boolean) {
  let room = BODY_CHARS
  let session = ''
  const now = moment()
  const chosen = items.filter(item => {
    const id = item._session._id
    if (!id || (session && session !== id) || !pick(item)) return false
    room -= textOf(item).length + BODY_CHARS / VIEWS_PER_BATCH
    if (room < 0) return false
    session = id
    return true
  })
  const of = (event: boolean) => chosen.filter(item => item._event === event).map(item => item._data)
  return {
    _chosen: chosen,
    _body: JSON.stringify(
      {
        v: 1,
        ticket: settings.ticket,
        session,
        state,
        input,
        automated: !!navigator.webdriver,
        views: of(false),
        events: of(true),
      },
      (key, value) =>
        value === +value ? Math.max(0, Math.min(DAY_MS, key === 'ago_ms' ? now - value : value)) | 0 : value,
    ),
  }
}

/** Posts, quietly. Never rejects; answers the response, or undefined where there was none. */
export const post = async (path: string, body: string): Promise<Response | undefined> => {
  try {
    return await fetch(settings.api + path, {
      method: 'POST',
      body,
      keepalive: true,
      signal: AbortSignal.timeout(ANSWER_MS),
    })
  } catch {}
}

async function send(batch: ReturnType<typeof pack>): Promise<void> {
  const sent = batch._chosen.map(item => [item, textOf(item)] as const)
  for (const [item, text] of sent) said.set(item, text)
  const answer = await post('/beat', batch._body)
  const status = answer?.status ?? 0
  // 408, 425, 429, 5xx and no answer: keep it, try later. Anything else is an acknowledgement or a refusal for good.
  if (!status || /408|42[59]|5../.test(`${status}`)) {
    for (const [item] of sent) said.delete(item)
    waiting = true
    const now = performance.now()
    retryAfter = now + 1000 * (Number(answer?.headers.get('retry-after')) || 0)
    backOff = now + Math.min(BACK_OFF_MAX_MS, 1000 * 2 ** failures++) * (0.5 + Math.random() / 2)
  } else {
    failures = backOff = 0
    for (const [item, text] of sent)
      if (item === current) settled = text
      else if (said.get(item) === text) items = items.filter(other => other !== item)
  }
  save()
  standBy()
}

let standby: AbortController | undefined
let standbyInput = false

/**
 * Where the browser has fetchLater, it holds our last word and says it should the page die. It arrived 3 of 3 times
 * when the whole browser was quit, keepalive and beacon 1 of 3, and it survives a killed renderer.
 */
export function standBy(): void {
  standby?.abort()
  try {
    const batch = pack(isUnsettled, 'left', standbyInput)
    if (batch._chosen.length && !optedOut()) {
      standby = new AbortController()
      ;(window as unknown as { fetchLater: typeof fetch }).fetchLater(`${settings.api}/beat`, {
        method: 'POST',
        body: batch._body,
        signal: standby.signal,
      })
    }
  } catch {}
}

/**
 * Says everything that is unsaid, if it may.
 * @param goodbye the page is hidden or going: there may be no other moment
 */
export function say(state: State, input: boolean, goodbye?: boolean): void {
  standbyInput = input
  const now = performance.now()
  waiting = now < retryAfter || (now < backOff && !goodbye)
  if (optedOut()) standby?.abort()
  else if (!waiting) {
    if (goodbye && lastState && state !== lastState) said.delete(current)
    for (;;) {
      const batch = pack(isUnsaid, state, input)
      if (!batch._chosen.length) break
      lastState = state
      send(batch)
      // Firefox loses keepalive requests at browser close
      if (goodbye && !('fetchLater' in window)) navigator.sendBeacon(`${settings.api}/beat`, batch._body)
    }
  }
  if (goodbye) {
    save()
    standBy()
  }
}
