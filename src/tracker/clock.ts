import { now } from './post.ts'
import { idleMs } from './settings.ts'
import { credit } from './visit.ts'

/** A longer gap between two evaluations is a sleep or a standstill, and counts nothing. */
const GAP_MAX_MS = 5_000
const IDLE_MS = +idleMs || 1 / 0

export let active = false
/** The page was left or frozen. */
export let gone: boolean | undefined
/** Some pointer, key, touch or scroll happened. */
export let input = false
let last = 0
let lastInput = 0

/**
 * Closes the interval since the last evaluation by the state that held in it, then sees which state holds now.
 * @param event a lifecycle event: the page is left or frozen, or the reader came back to it, which is as good as an input
 */
export function evaluate(event?: Event): void {
  const at = now()
  if (active && at - last < GAP_MAX_MS) credit(Math.min(at, lastInput + IDLE_MS) - last)
  last = at
  if (event) lastInput = at
  gone = event && /hide|freeze/.test(event.type)
  active = !gone && !document.hidden && document.hasFocus() && at < lastInput + IDLE_MS
}

/** The reader did something. */
export function touch(): void {
  evaluate()
  lastInput = last
  input = true
}
