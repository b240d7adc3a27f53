import { PAGE_MAX, PARTS_PER_VIEW } from '../contract/limits.ts'
import { ACTUAL_MS, BEAT_MS } from '../contract/timings.ts'
import { uuidv7 } from '../contract/uuid.ts'
import type { ViewState } from '../contract/wire.ts'
import { keepItem } from './outbox.ts'
import { accrue, session, total } from './session.ts'
import { settings } from './settings.ts'

/** One showing of one page inside one session. Durations stay fractions until they are sent. */
export let view: ViewState
/** The active time at which the view reports next. */
export let due: number
/** The section that fills most of the window, and the farthest pixel shown. */
let part: string | undefined
let reach: number

/** The page's name: given, or on embedding sites that of an element marked `data-pb-page`, else the path. */
export const pageName = () =>
  settings.page ||
  (document.querySelector<HTMLElement>('[data-pb-page]')?.dataset.pbPage || location.pathname).slice(
    0,
    PAGE_MAX,
  )

export function openView(): void {
  view = { id: uuidv7(), page: pageName(), active_ms: 0, scroll: 0, parts: {} }
  part = undefined
  reach = 0
  // Actual is MORE than 10 s, and each of several views loses a fraction of a millisecond when it is sent
  due = total < ACTUAL_MS ? ACTUAL_MS - total + 50 : BEAT_MS
  keepItem(session, view)
}

/** Active time passed: for the session, the view, and the part that was before the reader's eyes meanwhile. */
export function credit(ms: number): void {
  accrue(ms)
  view.active_ms += ms
  if (part && (part in view.parts || Object.keys(view.parts).length < PARTS_PER_VIEW))
    view.parts[part] = (view.parts[part] || 0) + ms
}

/** Sees what the window shows. */
export function look(): void {
  let most = 0
  part = undefined
  for (const section of document.querySelectorAll<HTMLElement>('[data-pb-part]')) {
    const box = section.getBoundingClientRect()
    const height = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0)
    if (height > most) {
      most = height
      part = section.dataset.pbPart!.slice(0, PAGE_MAX)
    }
  }
  // one pixel more, as scrollY is rounded down on screens of fractional density
  reach = Math.max(reach, scrollY + innerHeight + 1)
  view.scroll = Math.min(100, (100 * reach) / document.documentElement.scrollHeight)
}

/** Whether a beat is due; the next one then is at the next multiple of 30 s. */
export function isDue(): boolean {
  if (view.active_ms < due) return false
  due = (Math.floor(view.active_ms / BEAT_MS) + 1) * BEAT_MS
  return true
}
