import { z } from 'zod'
import {
  EVENTS_PER_BATCH_MAX,
  LABEL_MAX,
  PAGE_MAX,
  PARTS_PER_VIEW,
  TARGET_MAX,
  VIEWS_PER_BATCH,
} from './limits.ts'
import { DAY_MS } from './timings.ts'
import { EVENT_TYPES, STATES } from './words.ts'

/** The bodies the tracker sends. Unknown fields are ignored; `v: 1` is accepted for ever. */

export * from './limits.ts'

/** A `transform` instead of the check's own `toLowerCase()` made a batch three times as slow to check. */
const uuid = z.guid().toLowerCase()
const milliseconds = z.int().min(0).max(DAY_MS)

/** One of the three pages on hosted pages; on an embedding site a name the developer chose. */
const page = z.string().min(1).max(PAGE_MAX)

/** `https://News.Example/x?token=y` → `https://news.example/`; empty where it is no address. */
function siteOf(referrer: string): string {
  try {
    const { protocol, hostname } = new URL(referrer)
    return hostname ? `${protocol}//${hostname}/`.slice(0, TARGET_MAX) : ''
  } catch {
    return ''
  }
}

/** One of the marks in the address of the page, cut where it is too long: no reason to lose a session. Null where it is not there. */
const mark = z
  .string()
  .overwrite(text => text.slice(0, LABEL_MAX))
  .nullish()

export const SessionStart = z.object({
  v: z.literal(1),
  ticket: z.string().max(1_000),
  id: uuid.optional(),
  page,
  /** cut to where the reader came from: what they read there is kept nowhere, the queue included */
  referrer: z.string().overwrite(siteOf).optional(),
  utm: z.object({ source: mark, medium: mark, campaign: mark }).optional(),
  automated: z.boolean().optional(),
  /** where it is not said, the first of `Accept-Language` */
  language: z.string().max(35).optional(),
})
export type SessionStart = z.infer<typeof SessionStart>

export const ViewState = z.object({
  id: uuid,
  page,
  /** cumulative active time of the view */
  active_ms: milliseconds,
  /** farthest point reached, percent of the content */
  scroll: z.int().min(0).max(100),
  /** cumulative active time of each part, by part id */
  parts: z
    .record(z.string().min(1).max(PAGE_MAX), milliseconds)
    .refine(parts => Object.keys(parts).length <= PARTS_PER_VIEW, `at most ${PARTS_PER_VIEW} parts`),
})
export type ViewState = z.infer<typeof ViewState>

export const SentEvent = z.object({
  id: uuid,
  type: z.enum(EVENT_TYPES),
  view: uuid,
  /** monotonic age of the event when the batch was sent */
  ago_ms: milliseconds,
  label: z.string().max(LABEL_MAX).optional(),
  target: z.string().max(TARGET_MAX).optional(),
})
export type SentEvent = z.infer<typeof SentEvent>

export const Batch = z.object({
  v: z.literal(1),
  ticket: z.string().max(1_000),
  session: uuid,
  state: z.enum(STATES),
  /** some pointer, key, touch or scroll happened */
  input: z.boolean(),
  /** `navigator.webdriver` */
  automated: z.boolean(),
  views: z.array(ViewState).max(VIEWS_PER_BATCH),
  events: z.array(SentEvent).max(EVENTS_PER_BATCH_MAX),
})
export type Batch = z.infer<typeof Batch>

/** What the session call answers. */
export const SessionCreated = z.object({ id: z.guid(), expires_at: z.iso.datetime() })
export type SessionCreated = z.infer<typeof SessionCreated>

/** Answer of `GET /p/:slug/ticket`; on hosted pages the same stands in data attributes of the script. */
export const TicketAnswer = z.object({
  ticket: z.string(),
  window: z.object({
    kind: z.enum(['sliding', 'fixed']),
    ms: z.int(),
    max_ms: z.int(),
    idle_ms: z.int(),
  }),
  /** origin and path prefix the tracker posts to, e.g. `https://pitch.example/p/acme-x1y2` */
  api: z.string(),
})
export type TicketAnswer = z.infer<typeof TicketAnswer>
/** How a session ends, as configured; the browser rotates by it. */
export type SessionWindow = TicketAnswer['window']
