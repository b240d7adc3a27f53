import { z } from 'zod'
import type { Entry } from '../contract/entry.ts'
import { fitsBatchEntry } from '../contract/fits.ts'
import { LAST_TIME } from '../contract/limits.ts'
import { DAY_MS } from '../contract/timings.ts'
import { SentEvent, ViewState } from '../contract/wire.ts'
import { STATES, UA_CLASSES } from '../contract/words.ts'

/**
 * How an entry travels: JSON in UTF-8. Entries outlive a deployment (a backlog, a dead letter brought back after weeks),
 * so what is read is checked again, and unknown fields are ignored.
 */
const time = z.int().min(0).max(LAST_TIME)
const text = z.string().nullable()
/** in small letters: two spellings of one key in a save are one row twice, which PostgreSQL refuses (21000) */
const uuid = z.guid().toLowerCase()
const stamped = {
  received_at: time,
  campaign_id: uuid,
  link_id: uuid,
  served_at: time,
  window_ms: z.int().min(1).max(DAY_MS).optional(),
  flags: z.object({
    hosted: z.boolean(),
    sliding: z.boolean(),
    owner_device: z.boolean(),
    owner_login: z.boolean(),
    prefetch: z.boolean(),
  }),
  private: z.boolean(),
  ua: z.object({ class: z.enum(UA_CLASSES), device: text, browser: text, os: text, hash: text }),
}
const optional = z.string().optional()
const mark = z.string().nullish()

/** What an entry must be; exported for the test that holds the quick look to it. */
export const EntrySchema = z.discriminatedUnion('kind', [
  z.object({
    ...stamped,
    kind: z.literal('batch'),
    open_id: uuid.nullable(),
    body: z.object({
      session: uuid,
      state: z.enum(STATES),
      input: z.boolean(),
      automated: z.boolean(),
      views: z.array(ViewState),
      events: z.array(SentEvent),
    }),
  }),
  z.object({
    ...stamped,
    kind: z.literal('session'),
    open_id: uuid.nullable(),
    body: z.object({
      id: uuid,
      page: z.string(),
      referrer: optional,
      utm: z.object({ source: mark, medium: mark, campaign: mark }).optional(),
      automated: z.boolean().optional(),
      language: optional,
    }),
  }),
  z.object({
    ...stamped,
    kind: z.literal('open'),
    open_id: uuid,
    body: z.object({ referrer: optional }),
  }),
])

/** For a driver that writes text as UTF-8 itself: a copy less than with bytes. */
export const encodeText = (entry: Entry): string => JSON.stringify(entry)

export function encodeEntry(entry: Entry): Uint8Array {
  return Buffer.from(encodeText(entry))
}

/** @throws SyntaxError where the bytes are no JSON, ZodError where they are no entry */
export function decodeEntry(bytes: Uint8Array): Entry {
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const given: unknown = JSON.parse(decoded, decoded.includes('\\ud') ? wellFormed : undefined)
  return fitsBatchEntry(given) ? given : (EntrySchema.parse(given) as Entry)
}

/**
 * A lone surrogate has no UTF-8: the driver would send U+FFFD for each, and two keys of `parts` become one, which
 * PostgreSQL refuses (21000). collect cleans what comes from outside; this is for what reached the queue past it.
 */
function wellFormed(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toWellFormed(), one]))
}
