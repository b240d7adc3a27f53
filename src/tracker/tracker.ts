import { EVENT_MAX_WAIT_MS, EVENTS_PER_BATCH } from '../contract/timings.ts'
import { click, lead, submit } from './acts.ts'
import { active, evaluate, leave, state, touch } from './clock.ts'
import { optedOut } from './cookie.ts'
import { moment, say, standBy, unsaidEvents, waiting } from './outbox.ts'
import { restore, resume } from './session.ts'
import { due, isDue, openView, view } from './view.ts'

/** Whether some pointer, key, touch or scroll happened. */
let input = false

function tick(): void {
  evaluate()
  const events = unsaidEvents()
  if (
    isDue() ||
    waiting ||
    events.length >= EVENTS_PER_BATCH ||
    events.some(event => moment() - (event._data as { ago_ms: number }).ago_ms > EVENT_MAX_WAIT_MS)
  )
    say(state(), input)
  if (active) standBy()
}

function beatOn(): void {
  quietly(tick)(0)
  setTimeout(beatOn, active ? Math.min(1_000, due - view.active_ms) : 1_000)
}

function settle(): void {
  evaluate()
  if (!active) say(state(), input, true)
}

function lifecycle(event: Event): void {
  leave(event.type)
  touch()
  if (document.hidden || state() === 'left') settle()
  // Firefox: hasFocus() is false inside the blur that a click into an iframe causes, and true right after
  setTimeout(quietly(settle))
}

/** No error of ours reaches the page. */
const quietly =
  <E>(work: (event: E) => void) =>
  (event: E) => {
    try {
      work(event)
    } catch {}
  }

function listen<E extends Event>(types: string, work: (event: E) => void): void {
  // on the window and capturing: nested scrollers and stopped events are seen too
  for (const type of types.split(' '))
    addEventListener(type, quietly(work) as EventListener, { capture: true, passive: true })
}

function begin(): void {
  restore()
  resume()
  if (!view) openView()
  listen('click auxclick', click)
  listen('submit', submit)
  listen('pb-lead', lead)
  listen('pointermove pointerdown keydown wheel touchmove scroll', () => {
    input = true
    touch()
  })
  listen('visibilitychange focus blur pagehide pageshow freeze resume', lifecycle)
  beatOn()
}

const whenLoaded = () =>
  document.readyState === 'complete'
    ? quietly(begin)(0)
    : addEventListener('load', () => setTimeout(quietly(begin)))

// a prerendered page is shown to nobody yet
if (!optedOut()) {
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', whenLoaded, { once: true })
  else whenLoaded()
}
