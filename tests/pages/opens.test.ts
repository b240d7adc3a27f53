import { expect, test, vi } from 'vitest'
import { mineCookie } from '../../src/gate/mine.ts'
import { openTicket } from '../../src/gate/ticket.ts'
import { opensLost } from '../../src/pages/record_open.ts'
import { BROWSER, live, OWNER, SECRET, site } from './site.ts'

const UUID = '0193a7c2-5b1e-7c40-9f0e-2f4f6a1b8d11'
/** Long enough for a push that should not happen to have happened: it starts in the next turn of the event loop. */
const aTurn = () => new Promise(resolve => setTimeout(resolve, 20))

test.each(['/p/acme', '/p/acme/case-studies', '/p/acme/contact'])(
  'a first GET of %s is an open, named in its ticket',
  async path => {
    const { send, state } = site()
    const before = Date.now()
    const html = await (
      await send(path, { headers: { 'User-Agent': BROWSER, Referer: 'https://mail.example/inbox/42?q=x' } })
    ).text()
    await vi.waitFor(() => expect(state.pushed).toHaveLength(1))
    const ticket = openTicket(html.match(/data-ticket="([^"]+)"/)![1]!, 'acme', [SECRET])!
    const open = state.pushed[0]!
    expect(open).toMatchObject({
      kind: 'open',
      campaign_id: live.campaign_id,
      link_id: live.link_id,
      open_id: ticket.open_id,
      served_at: ticket.served_at,
      received_at: ticket.served_at,
      flags: ticket.flags,
      private: false,
      ua: { class: 'person', browser: 'Chrome', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      body: { referrer: 'https://mail.example/' },
    })
    expect(open.served_at).toBeGreaterThanOrEqual(before)
    expect(ticket.open_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  },
)

test.each([
  ['a HEAD', '/p/acme', { method: 'HEAD' }],
  ['a browser with this link’s session', '/p/acme', { headers: { Cookie: `pb_acme=${UUID}` } }],
  ['a reader who asked not to be counted', '/p/acme', { headers: { Cookie: 'pb_out=1' } }],
  ['the privacy page', '/p/acme/privacy', {}],
  ['a ticket for an embedding site', '/p/acme/ticket', {}],
  ['the embedding script', '/p/acme/pb.js', {}],
  ['an unknown slug', '/p/unknown', {}],
  ['robots.txt', '/robots.txt', {}],
])('%s is no open', async (_, path, init) => {
  const { send, state } = site()
  await send(path, init)
  await aTurn()
  expect(state.pushed).toEqual([])
})

test('a session of another link, or a cookie that is no id, does not hide an open', async () => {
  const { send, state } = site()
  await send('/p/acme', { headers: { Cookie: `pb_other=${UUID}; pb_acme=xyz` } })
  await vi.waitFor(() => expect(state.pushed).toHaveLength(1))
})

test('a reader who asked not to be counted gets no ticket, no tracker, and is told so', async () => {
  const { send } = site()
  const html = await (await send('/p/acme', { headers: { Cookie: 'pb_out=1' } })).text()
  expect(html).not.toMatch(/<script|data-ticket/)
  expect(html).toMatch(/You are not counted here\. <button type="submit">Count me again\.<\/button>/)
  expect(html).toContain('<input type="hidden" name="out" value="0"/>')
})

test.each(['Sec-GPC', 'DNT'])('with %s the open keeps no hash', async header => {
  const { send, state } = site()
  await send('/p/acme', { headers: { 'User-Agent': BROWSER, [header]: '1' } })
  await vi.waitFor(() => expect(state.pushed).toHaveLength(1))
  expect(state.pushed[0]).toMatchObject({ private: true, ua: { hash: null } })
})

test.each([
  ['a prefetch', { headers: { 'Sec-Purpose': 'prefetch;prerender' } }, 'prefetch'],
  ['an older prefetch', { headers: { Purpose: 'prefetch' } }, 'prefetch'],
  ['the owner’s device', { headers: { Cookie: `pb_mine=${mineCookie(OWNER, SECRET)}` } }, 'owner_device'],
] as const)('%s is flagged', async (_, init, flag) => {
  const { send, state } = site()
  await send('/p/acme', init)
  await vi.waitFor(() => expect(state.pushed).toHaveLength(1))
  const { owner_device, owner_login, prefetch } = state.pushed[0]!.flags
  const expected = { owner_device: false, owner_login: false, prefetch: false, [flag]: true }
  expect({ owner_device, owner_login, prefetch }).toEqual(expected)
})

test('the login counts as the owner’s own visit only at their own campaigns', async () => {
  const { send, state } = site()
  for (const login of [OWNER, 'owner-2']) {
    state.login = login
    await send('/p/acme', { headers: { Cookie: `pb_mine=${mineCookie('owner-2', SECRET)}` } })
  }
  await vi.waitFor(() => expect(state.pushed).toHaveLength(2))
  expect(state.pushed.map(({ flags }) => [flags.owner_login, flags.owner_device])).toEqual([
    [true, false],
    [false, false],
  ])
})

test('a queue that is down changes nothing for the reader; the lost open is counted', async () => {
  const { send, state } = site()
  const before = opensLost()
  const whole = await (await send('/p/acme')).text()
  await vi.waitFor(() => expect(state.pushed).toHaveLength(1))
  state.queue = new Error('down')
  const answer = await send('/p/acme')
  expect(answer.status).toBe(200)
  const strip = (html: string) => html.replace(/data-ticket="[^"]+"/, '')
  expect(strip(await answer.text())).toBe(strip(whole))
  await vi.waitFor(() => expect(opensLost()).toBe(before + 1))
})

test('our own pages are no referrer', async () => {
  const { send, state } = site()
  for (const Referer of [
    'http://localhost:4000/p/acme',
    'nonsense',
    'about:blank',
    'android-app://com.slack/',
  ])
    await send('/p/acme/contact', { headers: { Referer } })
  await vi.waitFor(() => expect(state.pushed).toHaveLength(4))
  expect(state.pushed.map(({ body }) => body)).toEqual([{}, {}, {}, {}])
})
