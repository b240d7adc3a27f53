import fc from 'fast-check'
import type { Entry } from '../../src/contract/entry.ts'
import { EVENT_TYPES, PAGES, STATES, UA_CLASSES } from '../../src/contract/words.ts'
import type { TestCampaign } from './campaigns.ts'

/** A failure is shrunk at most this long (milliseconds), then shown. */
export const SHRINK_MS = 120_000

/** An entry that does not yet know its campaign; `link` is the place of its link. */
export type Sketch = (campaign: TestCampaign) => Entry

const ids = (kind: string, n: number) =>
  fc.constantFrom(
    ...Array.from({ length: n }, (_, i) => `00000000-0000-7000-8000-${kind}${String(i).padStart(11, '0')}`),
  )
/** Texts whose order differs between UTF-16, UTF-8 and a language's rules, and which need quoting. */
const text = fc.constantFrom('a', 'B', 'ä', 'é"\\', '{x,y}', '\uffee', '🪩', 'NULL', ' ')
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const at = (base: number) => fc.integer({ min: 0, max: 40 }).map(n => base + n * 1_500)
const BASE = Date.UTC(2026, 2, 29, 0, 59)

const stamped = fc.record({
  received_at: at(BASE),
  link: fc.nat({ max: 1 }),
  open_id: fc.option(ids('a', 2)),
  ago: fc.integer({ min: 0, max: 100_000 }),
  window_ms: fc.constantFrom(undefined, 60_000, 7_200_000),
  flags: fc.record({
    hosted: fc.boolean(),
    sliding: fc.boolean(),
    owner_device: fc.boolean(),
    owner_login: fc.boolean(),
    prefetch: fc.boolean(),
  }),
  private: fc.boolean(),
  ua: fc.record({
    class: fc.constantFrom(...UA_CLASSES),
    device: fc.option(text),
    browser: fc.option(text),
    os: fc.option(text),
    hash: fc.option(fc.constantFrom('00ff', '7f', 'ff00')),
  }),
})
const session = fc.record(
  {
    id: ids('b', 2),
    page: fc.constantFrom(...PAGES),
    referrer: fc.constantFrom('https://News.Example/x', 'android-app://com.Mail', 'nonsense', ''),
    utm: fc.record(
      { source: text, medium: fc.constantFrom('', 'mail'), campaign: text },
      { requiredKeys: [] },
    ),
    automated: fc.boolean(),
    language: fc.constantFrom('de', 'en-GB', ''),
  },
  { requiredKeys: ['id', 'page'] },
)
const view = fc.record({
  id: ids('c', 3),
  page: fc.constantFrom(...PAGES, 'über uns'),
  active_ms: fc.integer({ min: 0, max: 60_000 }),
  scroll: fc.integer({ min: 0, max: 100 }),
  parts: fc.dictionary(fc.constantFrom('bolt', 'é"\\', '🪩', '\uffee'), fc.nat({ max: 9_000 }), {
    maxKeys: 3,
  }),
})
const event = fc.record({
  // one of them claims to be the opening of a session
  id: fc.oneof(ids('d', 4), ids('b', 2)),
  type: fc.constantFrom(...EVENT_TYPES),
  view: ids('c', 3),
  ago_ms: fc.integer({ min: 0, max: 60_000 }),
  label: maybe(fc.oneof(text, fc.constant(''))),
  target: maybe(text),
})
const batch = fc.record({
  session: ids('b', 2),
  state: fc.constantFrom(...STATES),
  input: fc.boolean(),
  automated: fc.boolean(),
  views: fc.array(view, { maxLength: 3 }),
  events: fc.array(event, { maxLength: 4 }),
})

/** Entries of few sessions with few views, events and opens, so that nearly everything meets again. */
export const sketch: fc.Arbitrary<Sketch> = fc
  .tuple(
    stamped,
    fc.oneof(
      { weight: 2, arbitrary: session.map(body => ({ kind: 'session' as const, body })) },
      { weight: 5, arbitrary: batch.map(body => ({ kind: 'batch' as const, body })) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('open' as const),
          body: fc.record({ referrer: fc.constant('https://a.example/') }, { requiredKeys: [] }),
        }),
      },
    ),
  )
  .map(([{ link, ago, open_id, ...stamp }, kind]) => (campaign: TestCampaign) => {
    const id = kind.kind === 'open' ? (open_id ?? '00000000-0000-7000-8000-a00000000009') : open_id
    return {
      ...stamp,
      ...kind,
      open_id: id,
      served_at: stamp.received_at - ago,
      campaign_id: campaign.id,
      link_id: campaign.links[link]!,
    } as unknown as Entry
  })

/** The same entries as another queue might deliver them: some twice, in another order, cut elsewhere. */
export const redelivery = (count: number) =>
  fc
    .tuple(
      fc.shuffledSubarray(
        Array.from({ length: count }, (_, i) => i),
        { minLength: count },
      ),
      fc.array(fc.nat({ max: count - 1 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }),
    )
    .chain(([order, again, sizes]) =>
      fc.shuffledSubarray([...order, ...again], { minLength: order.length + again.length }).map(places => {
        const chunks: number[][] = []
        for (let from = 0, i = 0; from < places.length; from += sizes[i++ % sizes.length]!)
          chunks.push(places.slice(from, from + sizes[i % sizes.length]!))
        return chunks
      }),
    )
