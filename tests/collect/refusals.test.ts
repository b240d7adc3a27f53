import { describe, expect, test } from 'vitest'
import { originHash, sealTicket } from '../../src/gate/ticket.ts'
import { batch, door, SLUG, start, TICKET, ticket } from './door.ts'
import { problemOf } from './problem_of.ts'

const view = batch().views[0]!
const event = batch().events[0]!
const without = (object: Record<string, unknown>, field: string) => {
  const { [field]: _, ...rest } = object
  return rest
}
const many = <T>(n: number, one: (i: number) => T) => Array.from({ length: n }, (_, i) => one(i))

describe('a batch that does not fit is refused, naming the field', () => {
  const cases: [what: string, body: unknown, type: string, pointer: string][] = [
    ['no JSON', '{"v":1', 'invalid', ''],
    ['nothing', '', 'invalid', ''],
    ['an array', [], 'invalid', ''],
    ['null', 'null', 'invalid', ''],
    ['no version', without(batch(), 'v'), 'invalid', '/v'],
    ['another version', batch({ v: 2 }), 'unsupported_version', '/v'],
    ['a version as text', batch({ v: '1' }), 'unsupported_version', '/v'],
    ['no ticket', without(batch(), 'ticket'), 'invalid', '/ticket'],
    ['a forged ticket', batch({ ticket: 'x'.repeat(98) }), 'bad_ticket', '/ticket'],
    ["another link's ticket", batch({ ticket: ticket({}, 'other-link') }), 'bad_ticket', '/ticket'],
    [
      "another secret's ticket",
      batch({ ticket: sealTicket(TICKET, SLUG, 'y'.repeat(32)) }),
      'bad_ticket',
      '/ticket',
    ],
    ['no session', without(batch(), 'session'), 'invalid', '/session'],
    ['a session that is no UUID', batch({ session: 'abc' }), 'invalid', '/session'],
    ['another state', batch({ state: 'asleep' }), 'invalid', '/state'],
    ['input as a number', batch({ input: 1 }), 'invalid', '/input'],
    ['no views', without(batch(), 'views'), 'invalid', '/views'],
    ['negative time', batch({ views: [{ ...view, active_ms: -1 }] }), 'invalid', '/views/0/active_ms'],
    ['broken time', batch({ views: [{ ...view, active_ms: 1.5 }] }), 'invalid', '/views/0/active_ms'],
    [
      'more than a day',
      batch({ views: [{ ...view, active_ms: 86_400_001 }] }),
      'invalid',
      '/views/0/active_ms',
    ],
    ['scroll over 100', batch({ views: [{ ...view, scroll: 101 }] }), 'invalid', '/views/0/scroll'],
    ['no page', batch({ views: [{ ...view, page: '' }] }), 'invalid', '/views/0/page'],
    ['a long page', batch({ views: [{ ...view, page: 'x'.repeat(101) }] }), 'invalid', '/views/0/page'],
    ['parts as a list', batch({ views: [{ ...view, parts: [1] }] }), 'invalid', '/views/0/parts'],
    [
      'a part without a number',
      batch({ views: [{ ...view, parts: { 'a/b~c': 'x' } }] }),
      'invalid',
      '/views/0/parts/a~1b~0c',
    ],
    [
      '51 parts',
      batch({ views: [{ ...view, parts: Object.fromEntries(many(51, i => [`p${i}`, 1])) }] }),
      'invalid',
      '/views/0/parts',
    ],
    ['51 views', batch({ views: many(51, () => view) }), 'invalid', '/views'],
    ['51 events', batch({ events: many(51, () => event) }), 'invalid', '/events'],
    [
      'an event that the store writes',
      batch({ events: [{ ...event, type: 'link_open' }] }),
      'invalid',
      '/events/0/type',
    ],
    [
      'an unknown event',
      batch({ events: [event, { ...event, type: 'hover' }] }),
      'invalid',
      '/events/1/type',
    ],
    ['a long label', batch({ events: [{ ...event, label: 'x'.repeat(201) }] }), 'invalid', '/events/0/label'],
    [
      'a long target',
      batch({ events: [{ ...event, target: 'x'.repeat(2_001) }] }),
      'invalid',
      '/events/0/target',
    ],
    [
      'an event from the future',
      batch({ events: [{ ...event, ago_ms: -5 }] }),
      'invalid',
      '/events/0/ago_ms',
    ],
    ['deep nesting', `{"v":1,"views":${'['.repeat(20)}${']'.repeat(20)}}`, 'too_deep', '/views'],
    ['a prototype', `{"v":1,"__proto__":{"a":1}}`, 'invalid', '/__proto__'],
  ]
  test.each(cases)('%s', async (_, body, type, pointer) => {
    const { send, queue } = door()
    const answer = await send('beat', body)
    expect(answer.status).toBe(400)
    expect(await problemOf(answer)).toMatchObject({ type: `/problems/${type}`, pointer })
    expect(queue.entries).toEqual([])
  })
})

test('a session start that does not fit is refused, naming the field', async () => {
  const { send, queue } = door()
  const cases: [Record<string, unknown>, string][] = [
    [start({ id: 'abc' }), '/id'],
    [start({ page: undefined }), '/page'],
    [start({ referrer: 7 }), '/referrer'],
    [start({ utm: { source: 7 } }), '/utm/source'],
    [start({ automated: 'no' }), '/automated'],
    [start({ language: 'x'.repeat(36) }), '/language'],
  ]
  for (const [body, pointer] of cases) {
    const answer = await send('sessions', body)
    expect(answer.status).toBe(400)
    expect((await problemOf(answer)).pointer).toBe(pointer)
  }
  expect(queue.entries).toEqual([])
})

test.each([['application/x-www-form-urlencoded'], ['text/html'], ['application/jsonp'], ['']])(
  'the content type "%s" is refused with 415',
  async type => {
    const answer = await door().send('beat', batch(), { 'Content-Type': type })
    expect(answer.status).toBe(415)
    expect((await problemOf(answer)).type).toBe('/problems/unsupported_media_type')
  },
)

describe('a body over 64 KiB', () => {
  const fill = (bytes: number) => {
    const body = JSON.stringify(batch({ filler: '' }))
    return body.replace('"filler":""', `"filler":"${'x'.repeat(bytes - body.length)}"`)
  }

  test('is refused with 413 at the first byte too many, and taken at the last allowed one', async () => {
    const { send } = door()
    expect((await send('beat', fill(65_536))).status).toBe(204)
    const answer = await send('beat', fill(65_537))
    expect(answer.status).toBe(413)
    expect((await problemOf(answer)).type).toBe('/problems/too_large')
  })

  test('is refused by its Content-Length before it is read', async () => {
    const answer = await door().send('beat', batch(), { 'Content-Length': '65537' })
    expect(answer.status).toBe(413)
  })

  test('is measured in bytes, not in characters', async () => {
    const answer = await door().send('beat', JSON.stringify(batch({ filler: '€'.repeat(22_000) })), {
      'Content-Length': '10',
    })
    expect(answer.status).toBe(413)
  })

  test('is left in the middle where it comes in pieces without end', async () => {
    const { api } = door()
    let given = 0
    let left = false
    const body = new ReadableStream({
      pull(controller) {
        given += 8_192
        controller.enqueue(new Uint8Array(8_192).fill(32))
      },
      cancel() {
        left = true
      },
    })
    const answer = await api.request(`/p/${SLUG}/beat`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect(left).toBe(true)
    expect(given).toBeLessThan(200_000)
  })

  test('that breaks off is refused, not an error of ours', async () => {
    const { api } = door()
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"v":1,'))
        controller.error(new Error('gone'))
      },
    })
    const answer = await api.request(`/p/${SLUG}/beat`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(400)
  })
})

describe("the project's list of origins", () => {
  const listed = { ticket: ticket({ origins: [originHash('https://acme.example')] }) }

  test.each([
    ['https://acme.example', 204],
    ['https://ACME.example', 204],
    ['https://evil.example', 403],
    ['http://acme.example', 403],
    ['null', 403],
  ])('%s gets %i', async (Origin, status) => {
    const { send } = door()
    expect((await send('beat', batch(listed), { Origin })).status).toBe(status)
    expect((await send('sessions', start(listed), { Origin })).status).toBe(status === 204 ? 201 : 403)
  })

  test('holds our own pages, and a request that names no origin', async () => {
    const { send } = door()
    expect(
      (await send('beat', batch(listed), { Origin: 'https://pitch.example', Host: 'pitch.example' })).status,
    ).toBe(204)
    expect((await send('beat', batch(listed))).status).toBe(204)
  })

  test('is any origin where it is empty', async () => {
    expect((await door().send('beat', batch(), { Origin: 'https://anywhere.example' })).status).toBe(204)
  })
})

describe('CORS', () => {
  test.each(['sessions', 'beat'])('lets any site post to %s, without credentials', async path => {
    const answer = await door().api.request(`/p/${SLUG}/${path}`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://acme.example', 'Access-Control-Request-Method': 'POST' },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST')
    expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('content-type')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('is on every answer', async () => {
    const { send } = door()
    for (const answer of [await send('beat', batch()), await send('sessions', start())]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-expose-headers')).toBe('Retry-After')
    }
  })
})
