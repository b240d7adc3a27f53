import type { State } from '../contract/words.ts'
import { isOver, resume } from './session.ts'
import { IDLE, WINDOW } from './settings.ts'
import { credit, look, openView, pageName, view } from './view.ts'

/** A longer gap between two evaluations is a sleep or a standstill, and counts nothing. */
const GAP_MAX_MS = 5_000

export let active = false
/** From pagehide or freeze until the page is back. */
let gone = false
let last = performance.now()
let lastInput = last
let renewed = 0

export const state = (): State => (gone ? 'left' : active ? 'reading' : 'away')

/** Closes the interval since the last evaluation by the state that held in it, then sees which state holds now. */
export function evaluate(): void {
  const now = performance.now()
  const ms = Math.min(now, lastInput + IDLE) - last
  const went = active && now - last < GAP_MAX_MS
  if (went && ms > 0) credit(ms)
  last = now
  active = !gone && !document.hidden && document.hasFocus() && now < lastInput + IDLE
  if (active) {
    if (!went || isOver() || now - renewed > WINDOW / 9) {
      renewed = now
      resume()
    }
    if (view.page !== pageName()) openView()
    look()
  }
}

/** The reader did something: pointer, key, touch, scroll, or came back. */
export function touch(): void {
  evaluate()
  lastInput = last
  evaluate()
}

export function leave(type: string): void {
  gone = { pagehide: true, freeze: true, pageshow: false, resume: false }[type] ?? gone
}
