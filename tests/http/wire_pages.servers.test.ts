import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { READER, type Row, startWire, type Wire } from './wire.ts'

/** What readers and embedding sites meet, and the files at the root. */

let wire: Wire
const off: Record<string, string> = {}
beforeAll(async () => {
  wire = await startWire('pages')
  const [link] = await wire.owner.links(wire.at.id!, ['Switched off'])
  await wire.owner.api('PATCH', `/api/campaigns/${wire.at.id}/links/${link!.id}`, { off: true })
  off.slug = link!.slug
})
afterAll(() => wire?.stop())

const nobodys = () => ({ at: { slug: 'no-such-page' } })
const PAGES = ['/p/{slug}', '/p/{slug}/case-studies', '/p/{slug}/contact', '/p/{slug}/privacy']

const rows: Row[] = [
  ...PAGES.flatMap((path): Row[] => [
    ['shows', `GET ${path}`, 200],
    ['knows no such link at', `GET ${path}`, 404, nobodys],
    ['is gone at', `GET ${path}`, 410, () => ({ at: off })],
  ]),
  ['gives', 'GET /p/{slug}/ticket', 200],
  ['knows no such link at', 'GET /p/{slug}/ticket', 404, nobodys],
  ['is gone at', 'GET /p/{slug}/ticket', 410, () => ({ at: off })],
  ['gives', 'GET /p/{slug}/pb.js', 200],
  ['says why not in', 'GET /p/{slug}/pb.js', 404, nobodys],
  ['gives', 'GET /robots.txt', 200],
  ['gives', 'GET /.well-known/gpc.json', 200],
  ['gives', 'GET /favicon.ico', 200],
  ['shows', 'GET /studio/{screen}', 200, () => ({ at: { screen: '' } })],
  ['shows any screen of', 'GET /studio/{screen}', 200, () => ({ at: { screen: 'campaigns/one' } })],
  ['has no such', 'GET /studio/assets/{file}', 404, () => ({ at: { file: 'none.js' } })],
]
it.each(rows)('%s %s: %i', async (_, route, status, how) => {
  const got = await wire.ask(route, status, how?.())
  const path = route.slice(4).replace(/\{(\w+)\}/g, (_, name) => (how?.().at ?? wire.at)[name]!)
  const head = await fetch(wire.pitchbeat.url + path, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([status, ''])
  expect(head.headers.get('content-type')).toBe(got.headers.get('content-type'))
})

describe('a page', () => {
  it.each(PAGES)('%s is not indexed, not shared, and says little to other sites', async path => {
    const { headers } = await wire.ask(`GET ${path}`, 200)
    expect(headers.get('x-robots-tag')).toBe('noindex')
    expect(headers.get('cache-control')).toBe('private, no-cache')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  })

  it.each([
    ['/', '/studio/', 302],
    ['/studio', '/studio/', 302],
    ['/p/{slug}/', '/p/{slug}', 301],
  ])('GET %s leads to %s', async (path, to, status) => {
    const { headers } = await wire.ask(`GET ${path}`, status)
    expect(headers.get('location')).toBe(to.replace('{slug}', wire.at.slug!))
  })

  it('loads a tracker and studio files that never change under their names', async () => {
    const { text } = await wire.ask('GET /p/{slug}', 200)
    const hash = /src="\/pb\.([\w-]+)\.js"/.exec(text)![1]!
    const tracker = await wire.ask('GET /pb.{hash}.js', 200, { at: { hash } })
    expect(tracker.headers.get('cache-control')).toContain('immutable')
    const old = await wire.ask('GET /pb.{hash}.js', 200, { at: { hash: 'old' } })
    expect(old.headers.get('cache-control')).toBe('no-cache')
    const studio = await wire.ask('GET /studio/{screen}', 200, { at: { screen: '' } })
    const file = /src="\/studio\/assets\/([^"]+\.js)"/.exec(studio.text)![1]!
    const script = await wire.ask('GET /studio/assets/{file}', 200, { at: { file } })
    expect(script.headers.get('cache-control')).toContain('immutable')
  })

  it('any site may read a ticket, and why there is none', async () => {
    for (const [status, how] of [[200], [404, nobodys()]] as const) {
      const { headers } = await wire.ask('GET /p/{slug}/ticket', status, how)
      expect(headers.get('access-control-allow-origin')).toBe('*')
    }
  })
})

describe('POST /p/:slug/contact', () => {
  const CONTACT = 'POST /p/{slug}/contact'
  const lead = (more: Record<string, string> = {}) => ({
    lead_id: uuidv7(),
    name: 'Jonna Berg',
    email: 'jonna@acme.example',
    message: 'Could you join us on Thursday?',
    website: '',
    ...more,
  })
  const send = (fields: Record<string, string>, status: number, at = {}) =>
    wire.ask(CONTACT, status, { body: new URLSearchParams(fields), headers: READER, at })
  const leads = async () =>
    (await wire.ask('GET /api/campaigns/{id}/leads', 200, { as: 'owner' })).json.items as {
      message: string
    }[]

  it('stores a message once, however often it is sent, and another under the same id too', async () => {
    const before = (await leads()).length
    const fields = lead()
    for (let sent = 0; sent < 2; sent++) {
      const { headers } = await send(fields, 303)
      expect(headers.get('location')).toBe(`/p/${wire.at.slug}/contact?sent`)
      expect(await leads()).toHaveLength(before + 1)
    }
    await send({ ...fields, message: 'One more thing.' }, 303)
    expect((await leads()).map(({ message }) => message)).toContain('One more thing.')
    expect(await leads()).toHaveLength(before + 2)
  })

  it('answers a robot as if its message was stored', async () => {
    const before = await leads()
    const { headers } = await send(lead({ website: 'https://spam.example' }), 303)
    expect(headers.get('location')).toBe(`/p/${wire.at.slug}/contact?sent`)
    expect(await leads()).toEqual(before)
  })

  it('keeps the text of what cannot be sent', async () => {
    const before = await leads()
    const { text } = await send(lead({ email: 'nowhere', message: 'These words stay.' }), 422)
    expect(text).toContain('These words stay.')
    expect(await leads()).toEqual(before)
  })

  it('refuses what is too large, no form, or under no link', async () => {
    await send(lead({ message: 'x'.repeat(70_000) }), 413)
    await wire.ask(CONTACT, 415, { body: lead() })
    await send(lead(), 404, { slug: 'no-such-page' })
    await send(lead(), 410, off)
  })
})

describe('POST /p/:slug/opt-out', () => {
  const OUT = 'POST /p/{slug}/opt-out'
  const ask = (out: string, headers = {}) =>
    wire.ask(OUT, 303, { body: new URLSearchParams({ out }), headers })

  it('keeps the word of a reader in a cookie and takes the session away', async () => {
    const { headers } = await ask('1', { Referer: `${wire.pitchbeat.url}/p/${wire.at.slug}/contact` })
    expect(headers.get('location')).toBe(`/p/${wire.at.slug}/contact`)
    const [out, session] = headers.getSetCookie()
    expect(out).toMatch(/^pb_out=1; Max-Age=34560000; Path=\/p;/)
    expect(session).toMatch(new RegExp(`^pb_${wire.at.slug}=; Max-Age=0; Path=/p/${wire.at.slug}`))
  })

  it('takes it back', async () => {
    const { headers } = await ask('0')
    expect(headers.get('location')).toBe(`/p/${wire.at.slug}`)
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^pb_out=; Max-Age=0; Path=\/p/)])
  })

  it('is refused from another site, too large, or as no form', async () => {
    const body = new URLSearchParams({ out: '1' })
    await wire.ask(OUT, 403, { body, headers: { 'Sec-Fetch-Site': 'cross-site' } })
    await wire.ask(OUT, 403, { body, headers: { Origin: 'https://evil.example' } })
    await wire.ask(OUT, 413, { body: new URLSearchParams({ out: '1'.repeat(2_000) }) })
    await wire.ask(OUT, 415, { body: { out: '1' } })
  })

  it('leaves pages without a tracker', async () => {
    const { text } = await wire.ask('GET /p/{slug}', 200, { headers: { Cookie: 'pb_out=1' } })
    expect(text).not.toContain('data-ticket')
  })
})

it('every route of this part was asked', () => expect(wire.unseen()).toEqual([]))
