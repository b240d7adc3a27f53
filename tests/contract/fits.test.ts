import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BatchEntry, Entry } from '../../src/contract/entry.ts'
import { fitsBatch, fitsBatchEntry } from '../../src/contract/fits.ts'
import { Batch } from '../../src/contract/wire.ts'
import { decodeEntry, EntrySchema, encodeEntry } from '../../src/queue/entry_bytes.ts'
import { batch, ids } from '../collect/door.ts'

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    0,
    -0,
    -1,
    1.5,
    100,
    101,
    86_400_000,
    86_400_001,
    Number.MAX_SAFE_INTEGER + 1,
    '',
    'reading',
    'link_open',
    'cta_click',
    ids.event,
    ids.event.toUpperCase(),
    `${ids.event}\n`,
    'x'.repeat(100),
    'x'.repeat(101),
    'x'.repeat(200),
    'x'.repeat(201),
    'x'.repeat(2_001),
    [],
    {},
  ),
  fc.anything({ maxDepth: 1 }),
)

/** Something valid in which up to three places, anywhere, hold something else or something more. */
const nearly = (make: () => object) =>
  fc
    .array(fc.tuple(fc.nat({ max: 60 }), fc.constantFrom('set', 'add', 'drop', 'fill'), odd), {
      maxLength: 3,
    })
    .map(changes => {
      const sent = make() as Record<string, unknown>
      for (const [where, how, value] of changes) {
        const places = placesIn(sent)
        const [holder, key] = places[where % places.length]!
        if (how === 'set') holder[key] = value
        else if (how === 'drop') Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key]
        else if (how === 'add') holder[`${key}_more`] = value
        else if (Array.isArray(holder[key])) holder[key] = Array(51).fill((holder[key] as unknown[])[0])
      }
      return JSON.parse(JSON.stringify(sent)) as unknown
    })

function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap(key => [
    [holder, key] as [typeof holder, string],
    ...placesIn(holder[key]),
  ])
}

test('what fits is what the schema takes and hands back unchanged', () => {
  let fitting = 0
  fc.assert(
    fc.property(nearly(batch), sent => {
      if (!fitsBatch(sent)) return
      fitting++
      const parsed = Batch.parse(sent)
      const { session, state, input, automated, views, events } = sent
      const { v, ticket, ...kept } = parsed
      expect(kept).toEqual({ session, state, input, automated, views, events })
    }),
    { numRuns: 5_000 },
  )
  expect(fitting).toBeGreaterThan(100)
})

function entry(): BatchEntry {
  const { v, ticket, ...body } = batch() as unknown as Batch
  return {
    kind: 'batch',
    received_at: 1_790_000_000_000,
    campaign_id: ids.campaign,
    link_id: ids.link,
    open_id: ids.open,
    served_at: 1_789_999_990_000,
    window_ms: 1_800_000,
    flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
    private: false,
    ua: { class: 'person', device: 'phone', browser: 'Safari', os: 'iOS', hash: 'a'.repeat(64) },
    body,
  }
}

test('an entry that fits is what the schema takes and hands back unchanged', () => {
  expect(fitsBatchEntry(entry())).toBe(true)
  let fitting = 0
  fc.assert(
    fc.property(nearly(entry), given => {
      if (!fitsBatchEntry(given)) return
      fitting++
      expect(EntrySchema.parse(given)).toEqual(given)
    }),
    { numRuns: 5_000 },
  )
  expect(fitting).toBeGreaterThan(100)
})

test('every kind of entry comes out of the queue as it went in', () => {
  const { received_at, campaign_id, link_id, open_id, served_at, flags, ua } = entry()
  const stamped = { received_at, campaign_id, link_id, open_id, served_at, flags, private: false, ua }
  const entries: Entry[] = [
    entry(),
    {
      ...stamped,
      kind: 'session',
      body: { id: ids.session, page: 'summary', utm: { source: 'cv', medium: null }, language: 'de' },
    },
    { ...stamped, kind: 'open', open_id: ids.open, body: { referrer: 'https://mail.example/' } },
  ]
  const { window_ms, ...ofBefore } = entry()
  for (const one of [...entries, ofBefore]) expect(decodeEntry(encodeEntry(one))).toEqual(one)
  expect(fitsBatchEntry(ofBefore)).toBe(true)
})

test('what the tracker sends fits', () => {
  expect(fitsBatch(batch())).toBe(true)
  expect(fitsBatch(batch({ views: [], events: [], later: 1 }))).toBe(true)
})

test('a field too many in a view or an event does not: the schema strips it', () => {
  const [view] = batch().views
  const [event] = batch().events
  expect(fitsBatch(batch({ views: [{ ...view, more: 1 }] }))).toBe(false)
  expect(fitsBatch(batch({ events: [{ ...event, more: 1 }] }))).toBe(false)
})
