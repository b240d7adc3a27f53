import {
  EVENTS_PER_BATCH_MAX,
  LABEL_MAX,
  PAGE_MAX,
  PARTS_PER_VIEW,
  TARGET_MAX,
  VIEWS_PER_BATCH,
} from '../contract/limits.ts'
import { DAY_MS } from '../contract/timings.ts'
import type { Batch } from '../contract/wire.ts'
import { EVENT_TYPES, STATES } from '../contract/words.ts'

/**
 * Whether a batch is exactly what our tracker sends: fits the schema, ids in small letters, no field too many in views and
 * events. Then the schema would hand it back unchanged, and need not be asked: 1 µs instead of 5, in a route whose whole
 * work is 20. Anything else goes to the schema, which knows what is wrong. A property test holds the two together.
 */
export function fitsBatch(sent: unknown): sent is Batch {
  return (
    isObject(sent) &&
    sent.v === 1 &&
    isText(sent.ticket, 0, 1_000) &&
    isId(sent.session) &&
    isOneOf(STATES, sent.state) &&
    typeof sent.input === 'boolean' &&
    typeof sent.automated === 'boolean' &&
    isListOf(sent.views, VIEWS_PER_BATCH, fitsView) &&
    isListOf(sent.events, EVENTS_PER_BATCH_MAX, fitsEvent)
  )
}

function fitsView(view: unknown): boolean {
  return (
    isObject(view) &&
    fieldsOf(view) === 5 &&
    isId(view.id) &&
    isText(view.page, 1, PAGE_MAX) &&
    isWhole(view.active_ms, DAY_MS) &&
    isWhole(view.scroll, 100) &&
    isObject(view.parts) &&
    fitParts(view.parts)
  )
}

function fitParts(parts: Record<string, unknown>): boolean {
  const ids = Object.keys(parts)
  return (
    ids.length <= PARTS_PER_VIEW && ids.every(id => isText(id, 1, PAGE_MAX) && isWhole(parts[id], DAY_MS))
  )
}

function fitsEvent(event: unknown): boolean {
  return (
    isObject(event) &&
    fieldsOf(event) === 4 + Number('label' in event) + Number('target' in event) &&
    isId(event.id) &&
    isOneOf(EVENT_TYPES, event.type) &&
    isId(event.view) &&
    isWhole(event.ago_ms, DAY_MS) &&
    (!('label' in event) || isText(event.label, 0, LABEL_MAX)) &&
    (!('target' in event) || isText(event.target, 0, TARGET_MAX))
  )
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const isId = (value: unknown) => typeof value === 'string' && value.length === 36 && ID.test(value)
const isText = (value: unknown, min: number, max: number) =>
  typeof value === 'string' && value.length >= min && value.length <= max
const isWhole = (value: unknown, max: number) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max
const isOneOf = (list: readonly string[], value: unknown) => typeof value === 'string' && list.includes(value)
const isListOf = (value: unknown, max: number, fits: (one: unknown) => boolean) =>
  Array.isArray(value) && value.length <= max && value.every(fits)
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const fieldsOf = (object: object) => Object.keys(object).length
