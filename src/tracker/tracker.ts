import { ACTUAL_MS, BEAT_MS, EVENT_MAX_WAIT_MS, EVENTS_PER_BATCH } from '../contract/timings.ts'
import { click, formData } from './acts.ts'
import { active, evaluate, touch } from './clock.ts'
import { optedOut } from './cookie.ts'
import { deliver, hold } from './outbox.ts'
import { now } from './post.ts'
import { quietly } from './quietly.ts'
import { items, look, restore, resume, save, total, view } from './visit.ts'

/** How many of the moments at which a beat is due have passed: the session became Actual; the view crossed 30, 60, 90 … s. */
let marks: number
let standby: AbortController | undefined

const tick = quietly((event?: Event) => {
  standby?.abort()
  if (optedOut()) return
  // nothing before the page has loaded and is shown, be it prerendered or opened in the background
  if (!view) {
    if (document.readyState > 'd' || document.hidden) return
    restore()
  }
  evaluate(event)
  if (active || !view) resume()
  look()
  const before = marks
  marks = +(total > ACTUAL_MS) + ((view.active_ms / BEAT_MS) | 0)
  if (
    now() > hold &&
    ((event && !active) ||
      hold ||
      marks > before ||
      items.some((item, i) => i >= EVENTS_PER_BATCH || now() - item.ago_ms > EVENT_MAX_WAIT_MS))
  )
    deliver()
  standby = new AbortController()
  if (active || event) deliver(standby.signal)
  if (event) save()
})

/** On the window and capturing: nested scrollers and stopped events are seen too. */
const listen = <E extends Event>(types: string, work: (event: E) => unknown) =>
  types.split(' ').map(type =>
    addEventListener(type, quietly(work as () => unknown) as EventListener, {
      capture: true,
      passive: true,
    }),
  )

listen('click auxclick', click)
listen('formdata', formData)
listen('pointermove pointerdown keydown wheel scroll', () => {
  touch()
  if (!active) tick()
})
listen('visibilitychange focus blur pagehide pageshow freeze resume', event => {
  // Firefox: hasFocus() is false inside the blur that a click into a frame causes, and true right after
  if (event.type === 'blur') setTimeout(tick, 0, event)
  else tick(event)
})
setInterval(tick, 1_000)
tick()
