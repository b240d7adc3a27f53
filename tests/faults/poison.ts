import type { Batch } from '../../src/contract/wire.ts'
import type { LinkOfLoad, LoadRequest } from './load.ts'
import type { Random } from './random.ts'

/** Bytes for the queue that collect would never let through. */
export interface Poison {
  what: string
  bytes: Buffer
  /** `refused` by the database, `unreadable`, `dropped`, or saved after all, `cleaned` */
  end: 'refused' | 'unreadable' | 'dropped' | 'cleaned'
  /** what it says, where that is stored */
  says?: Pick<LoadRequest, 'campaign_id' | 'batch'>
}

type Body = Pick<Batch, 'session' | 'views' | 'events'>

/** One of each kind, each of a session of its own. */
export function makePoison(random: Random, link: LinkOfLoad): Poison[] {
  const body = (): Body & Record<string, unknown> => {
    const view = random.uuid()
    return {
      session: random.uuid(),
      state: 'reading',
      input: true,
      automated: false,
      views: [{ id: view, page: 'case_studies', active_ms: 1_000, scroll: 10, parts: { bolt: 500 } }],
      events: [{ id: random.uuid(), type: 'cta_click', view, ago_ms: 10, label: 'Call' }],
    }
  }
  const entry = (changes: object = {}, more: object = {}) => ({
    kind: 'batch',
    received_at: Date.now(),
    campaign_id: link.campaign_id,
    link_id: link.link_id,
    open_id: null,
    served_at: Date.now() - 20_000,
    flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
    private: false,
    ua: { class: 'person', device: 'desktop', browser: 'Firefox', os: 'Linux', hash: 'a'.repeat(64) },
    body: { ...body(), ...changes },
    ...more,
  })
  const view = (changes: object) => ({ views: [{ ...body().views[0], ...changes }] })
  const event = (changes: object) => ({ events: [{ ...body().events[0], ...changes }] })
  const start = { id: random.uuid(), page: 'summary' }
  const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))

  const refused = {
    'NUL in a page': entry(view({ page: 'a\0b' })),
    'NUL in a part': entry(view({ parts: { 'a\0b': 1 } })),
    'NUL in a label': entry(event({ label: '\0' })),
    'NUL in a target': entry(event({ target: 'https://a\0b' })),
    'NUL in a browser': entry({}, { ua: { ...entry().ua, browser: 'Fire\0fox' } }),
    'NUL in a referrer': entry({}, { kind: 'session', body: { ...start, language: 'e\0n' } }),
  }
  const unreadable = {
    'no bytes': Buffer.from(''),
    'no UTF-8': Buffer.from([0, 255, 10, 0xed, 0xa0, 0x80]),
    'half an entry': bytesOf(entry()).subarray(0, 200),
    null: bytesOf(null),
    'a list': bytesOf([entry()]),
    'brackets without end': Buffer.from('['.repeat(60_000)),
    'an unknown kind': bytesOf(entry({}, { kind: 'gift' })),
    'no flags': bytesOf(entry({}, { flags: undefined })),
    'a time before 1970': bytesOf(entry({}, { received_at: -1 })),
    'a time after 9999': bytesOf(entry({}, { received_at: 253_402_300_800_000 })),
    'a time as text': bytesOf(entry({}, { received_at: '2026-01-01' })),
    'no uuid': bytesOf(entry({ session: 'not-a-uuid' })),
    'an unknown state': bytesOf(entry({ state: 'dancing' })),
    'views as an object': bytesOf(entry({ views: { 0: 1 } })),
    'a negative time': bytesOf(entry(view({ active_ms: -1 }))),
    'too much time': bytesOf(entry(view({ active_ms: 1e12 }))),
    'half a millisecond': bytesOf(entry(view({ active_ms: 0.5 }))),
    'a time as a text': bytesOf(entry(view({ active_ms: '12' }))),
    infinity: Buffer.from(JSON.stringify(entry(view({ active_ms: 77 }))).replace('77', '1e400')),
    'past the end of the page': bytesOf(entry(view({ scroll: 101 }))),
    'an event of no type': bytesOf(entry(event({ type: 'dance' }))),
    'an event of the future': bytesOf(entry(event({ ago_ms: -5 }))),
  }
  const says = (one: { body: Body }) => ({ campaign_id: link.campaign_id, batch: one.body })
  const cleaned = [
    entry(event({ label: 'lone \ud800' })) as unknown as { body: Body },
    // three keys, which are one once they are UTF-8
    entry(view({ parts: { 'a\ud800': 3, 'a\udbff': 2, 'a\udc00': 1 } })) as unknown as { body: Body },
  ]
  return [
    ...Object.entries(refused).map(([what, one]) => ({ what, bytes: bytesOf(one), end: 'refused' as const })),
    ...Object.entries(unreadable).map(([what, bytes]) => ({ what, bytes, end: 'unreadable' as const })),
    ...cleaned.map(one => ({
      what: 'lone surrogates',
      bytes: bytesOf(one),
      end: 'cleaned' as const,
      says: says(one),
    })),
    { what: 'no such link', bytes: bytesOf(entry({}, { link_id: random.uuid() })), end: 'dropped' },
  ]
}
