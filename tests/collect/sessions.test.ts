import { describe, expect, test } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { batch, door, ids, start, TICKET, ticket } from './door.ts'

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('POST /p/:slug/sessions', () => {
  test('answers 201 with the id and the end of the window', async () => {
    const { send, queue } = door()
    const before = Date.now()
    const answer = await send(
      'sessions',
      start({ referrer: 'https://mail.example/', utm: { source: 'cv' }, automated: true, language: 'de' }),
    )
    expect(answer.status).toBe(201)
    expect(answer.headers.get('content-type')).toBe('application/json')
    const { id, expires_at } = (await answer.json()) as { id: string; expires_at: string }
    expect(id).toBe(ids.session)
    expect(Date.parse(expires_at)).toBeGreaterThanOrEqual(before + TICKET.window_ms)
    expect(Date.parse(expires_at)).toBeLessThanOrEqual(Date.now() + TICKET.window_ms)
    expect(queue.entries).toMatchObject([
      {
        kind: 'session',
        campaign_id: ids.campaign,
        link_id: ids.link,
        open_id: ids.open,
        served_at: TICKET.served_at,
        private: false,
        body: {
          id: ids.session,
          page: 'summary',
          referrer: 'https://mail.example/',
          utm: { source: 'cv' },
          automated: true,
          language: 'de',
        },
      },
    ])
    expect(queue.entries[0]!.body).not.toHaveProperty('ticket')
  })

  test.each([
    ['https://Mail.Example:8443/inbox/17?token=secret#top', 'https://mail.example/'],
    ['https://user:password@intra.example/plan', 'https://intra.example/'],
    ['android-app://com.mail/thread/7', 'android-app://com.mail/'],
    ['about:blank', ''],
    ['no address at all', ''],
  ])('of the referrer %s nothing but the host reaches the queue', async (referrer, kept) => {
    const { send, queue } = door()
    for (const headers of [{}, { 'Sec-GPC': '1' }]) {
      expect((await send('sessions', start({ referrer }), headers)).status).toBe(201)
      expect(queue.entries.at(-1)!.body).toMatchObject({ referrer: kept })
      expect(JSON.stringify(queue.entries.at(-1))).not.toMatch(/token|secret|password|inbox|thread|8443/)
    }
  })

  test('cuts marks that are too long, and takes the language from the header where none is said', async () => {
    const { send, queue } = door()
    const body = start({
      utm: { source: 'z'.repeat(300), medium: null },
    })
    const answer = await send('sessions', body, { 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.8' })
    expect(answer.status).toBe(201)
    const kept = queue.entries[0]!.body as {
      utm: { source: string; medium: null }
      language: string
    }
    expect([kept.utm.source.length, kept.utm.medium]).toEqual([200, null])
    expect(kept.language).toBe('de-AT')
    for (const header of ['*', '', ';;', 'x', '<script>']) {
      await send('sessions', start(), { 'Accept-Language': header })
      expect((queue.entries.at(-1)!.body as { language?: string }).language).toBeUndefined()
    }
  })

  test('makes a UUIDv7 where the client has none, and keeps the one that is given', async () => {
    const { send, queue } = door()
    const made = (await (await send('sessions', start({ id: undefined }))).json()) as { id: string }
    expect(made.id).toMatch(UUID7)
    expect(queue.entries[0]!.body).toMatchObject({ id: made.id })
    for (let i = 0; i < 2; i++) {
      const answer = await send('sessions', start())
      expect(answer.status).toBe(201)
      expect(await answer.json()).toMatchObject({ id: ids.session })
    }
  })

  describe('its cookie', () => {
    const cookieOf = async (options: Parameters<typeof door>[0], body = start(), headers = {}) =>
      (await door(options).send('sessions', body, headers)).headers.get('set-cookie')

    test('is the session id, readable by script, for the link alone', async () => {
      expect(await cookieOf({})).toBe(
        `pb_acme-x1y2=${ids.session}; Path=/p/acme-x1y2; Max-Age=1800; SameSite=Lax; Secure`,
      )
    })

    test('is for all pages of a site that embeds the tracker', async () => {
      const embedded = start({ ticket: ticket({ flags: { ...TICKET.flags, hosted: false } }) })
      expect(await cookieOf({}, embedded)).toContain('; Path=/;')
    })

    test.each([
      ['https://pitch.example', true],
      ['http://localhost:4000', true],
      ['http://127.0.0.1:4000', true],
      ['http://[::1]:4000', true],
      ['http://192.168.1.20:4000', false],
      ['http://pitch.example', false],
    ])('under %s is Secure: %s', async (baseUrl, secure) => {
      expect((await cookieOf({ baseUrl }))?.includes('Secure')).toBe(secure)
    })

    const fixed = (window_ms = TICKET.window_ms) =>
      ticket({ window_ms, flags: { ...TICKET.flags, sliding: false } })

    test('lasts what is left of a fixed session', async () => {
      const id = uuidv7(Date.now() - 600_000)
      const cookie = await cookieOf({}, start({ id, ticket: fixed() }))
      const seconds = Number(/Max-Age=(\d+)/.exec(cookie!)![1])
      expect(seconds).toBeGreaterThan(1_190)
      expect(seconds).toBeLessThanOrEqual(1_200)
    })

    test('of a fixed session lasts a whole window where its id names no time within it', async () => {
      for (const id of [
        '3f2b8c1e-9d4a-4e5f-8a6b-7c8d9e0f1a2b',
        uuidv7(Date.now() - 7_200_000),
        uuidv7(Date.now() + 60_000),
      ])
        expect(await cookieOf({}, start({ id, ticket: fixed() }))).toContain('Max-Age=1800')
    })
  })

  test('ends by the window that its page was served with, and passes it on', async () => {
    const { send, queue } = door()
    const answer = await send('sessions', start({ ticket: ticket({ window_ms: 7_200_000 }) }))
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=7200')
    expect(queue.entries).toMatchObject([{ window_ms: 7_200_000 }])
  })

  test.each([['Sec-GPC'], ['DNT']])('under %s sets no cookie and keeps no hash', async header => {
    const { send, queue } = door()
    const answer = await send('sessions', start(), { [header]: '1' })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(queue.entries).toMatchObject([{ private: true, ua: { class: 'person', hash: null } }])
  })

  test('with "DNT: 0" is not private', async () => {
    const { send, queue } = door()
    await send('sessions', start(), { DNT: '0' })
    expect(queue.entries).toMatchObject([{ private: false }])
  })
})

describe("a reader's opt-out", () => {
  test.each([['pb_out=1'], ['a=b; pb_out=1'], ['pb_out=1; pb_acme-x1y2=x']])(
    'is kept though somebody sends (%s): nothing is recorded, no cookie is set',
    async Cookie => {
      const { send, queue } = door()
      const begun = await send('sessions', start(), { Cookie })
      expect(begun.status).toBe(201)
      expect(begun.headers.get('set-cookie')).toBeNull()
      expect((await send('beat', batch(), { Cookie })).status).toBe(204)
      expect(queue.entries).toEqual([])
    },
  )

  test.each([['pb_out=0'], ['pb_out='], ['xpb_out=1'], ['a=pb_out=1']])('is not %s', async Cookie => {
    const { send, queue } = door()
    await send('sessions', start(), { Cookie })
    expect(queue.entries).toHaveLength(1)
  })
})
