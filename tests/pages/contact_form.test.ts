import { describe, expect, test } from 'vitest'
import { mineCookie } from '../../src/gate/mine.ts'
import { BROWSER, form, live, OWNER, SECRET, site } from './site.ts'

const LEAD = '0193a7c2-5b1e-7c40-9f0e-2f4f6a1b8d11'
const SESSION = '0193a7c2-5b1e-7c40-9f0e-2f4f6a1b8d12'
const filled = {
  lead_id: LEAD,
  name: 'Jonas Brandt',
  email: 'j@halden.example',
  message: 'Hello\r\nInes',
  website: '',
}

test('the form works without JavaScript', async () => {
  const html = await (await site().send('/p/acme/contact')).text()
  const tag = html.match(/<form class="row"[^>]*>/)![0]
  expect(tag).toContain('method="post" action="/p/acme/contact"')
  expect(html).toMatch(/<input type="hidden" name="lead_id" value="[0-9a-f-]{36}"\/>/)
  for (const name of ['name', 'email', 'message', 'website']) expect(html).toContain(`name="${name}"`)
  expect(html).toContain('<button class="btn" type="submit">Send to Ines Marchetti</button>')
})

test('a message is stored and its sender sent on to a page that says so', async () => {
  const { send, state } = site()
  const answer = await send('/p/acme/contact', form(filled, { 'User-Agent': BROWSER }))
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/p/acme/contact?sent'])
  expect(state.leads).toEqual([
    {
      campaign_id: live.campaign_id,
      link_id: live.link_id,
      lead_id: LEAD,
      name: 'Jonas Brandt',
      email: 'j@halden.example',
      message: 'Hello\nInes',
      received_at: expect.any(Number),
      session: null,
    },
  ])
  const sent = await (await send('/p/acme/contact?sent')).text()
  expect(sent).toContain('Your message was sent')
  expect(sent).toContain('<a class="btn" href="/p/acme/case-studies">Back to the case studies</a>')
})

test('the same message twice is one, the same id with other words is two', async () => {
  const { send, state } = site()
  for (const message of ['one', 'one', 'two']) {
    const answer = await send('/p/acme/contact', form({ ...filled, message }))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/p/acme/contact?sent'])
  }
  expect(state.leads.map(lead => lead.message)).toEqual(['one', 'two'])
  expect(state.leads[1]!.lead_id).not.toBe(LEAD)
})

test('an id that is missing or mangled costs nobody their message', async () => {
  const { send, state } = site()
  const { lead_id: _, ...without } = filled
  expect((await send('/p/acme/contact', form(without))).status).toBe(303)
  expect((await send('/p/acme/contact', form({ ...filled, lead_id: "'; drop" }))).status).toBe(303)
  expect(state.leads).toHaveLength(2)
})

test('a robot that fills the field nobody sees is thanked and not stored', async () => {
  const { send, state } = site()
  const answer = await send('/p/acme/contact', form({ ...filled, website: 'https://spam.example' }))
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/p/acme/contact?sent'])
  expect(state.leads).toEqual([])
})

describe('the visit a message belongs to', () => {
  const flags = { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false }
  /** Sends the form of a page that was served with `headers`, ticket and all. */
  async function sendFromPage(
    { send }: ReturnType<typeof site>,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) {
    const page = await (await send('/p/acme/contact', { headers })).text()
    const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1]
    return send('/p/acme/contact', form({ ...filled, ...(ticket ? { ticket } : {}), ...fields }, headers))
  }

  test('is the session in the cookie', async () => {
    const pages = site()
    await sendFromPage(pages, {}, { Cookie: `pb_acme=${SESSION}`, 'User-Agent': BROWSER })
    expect(pages.state.leads[0]!.session).toMatchObject({
      id: SESSION,
      flags,
      private: false,
      page: 'contact',
      window_ms: 1_800_000,
      ua: { class: 'person', hash: expect.any(String) },
      served_at: expect.any(Number),
    })
  })

  test('is the session in the form before the one in the cookie', async () => {
    const pages = site()
    const other = SESSION.replace(/.$/, '3')
    await sendFromPage(pages, { session: other }, { Cookie: `pb_acme=${SESSION}` })
    expect(pages.state.leads[0]!.session).toMatchObject({ id: other })
  })

  test('is believed with the ticket of a page of this link alone; the message is kept without it', async () => {
    const { send, state } = site({
      links: { acme: live, other: { ...live, link_id: live.link_id.replace(/.$/, '3') } },
    })
    const ticketAt = async (path: string) =>
      (await (await send(path)).text()).match(/ticket="?([\w-]{90,})/)![1]!
    const { ticket: embedding } = (await (await send('/p/acme/ticket')).json()) as { ticket: string }
    const own = await ticketAt('/p/acme/contact')
    for (const ticket of ['', 'nonsense', `${own.slice(0, -2)}AA`, await ticketAt('/p/other'), embedding])
      expect(
        (await send('/p/acme/contact', form({ ...filled, lead_id: '', session: SESSION, ticket }))).status,
      ).toBe(303)
    expect(state.leads.map(lead => lead.session)).toEqual([null, null, null, null, null])
    await send('/p/acme/contact', form({ ...filled, session: SESSION, ticket: own }))
    expect(state.leads.at(-1)!.session).toMatchObject({ id: SESSION })
  })

  test('is not told by somebody who asked not to be counted', async () => {
    const pages = site()
    await sendFromPage(pages, { session: SESSION }, { Cookie: `pb_out=1; pb_acme=${SESSION}` })
    const page = await (await pages.send('/p/acme/contact')).text()
    const ticket = /name="ticket" value="([^"]+)"/.exec(page)![1]!
    await pages.send(
      '/p/acme/contact',
      form({ ...filled, lead_id: '', session: SESSION, ticket }, { Cookie: 'pb_out=1' }),
    )
    expect(pages.state.leads.map(lead => lead.session)).toEqual([null, null])
  })

  test('keeps no hash under Global Privacy Control', async () => {
    const pages = site()
    await sendFromPage(pages, { session: SESSION }, { 'Sec-GPC': '1', 'User-Agent': BROWSER })
    expect(pages.state.leads[0]!.session).toMatchObject({ private: true, ua: { hash: null } })
  })

  test('is flagged as the owner’s where it is', async () => {
    const pages = site()
    await sendFromPage(pages, { session: SESSION }, { Cookie: `pb_mine=${mineCookie(OWNER, SECRET)}` })
    expect(pages.state.leads[0]!.session).toMatchObject({ flags: { ...flags, owner_device: true } })
  })
})

describe('what cannot be sent comes back with its text', () => {
  const marked = '<b>"Hello" & goodbye</b>'

  test.each([
    ['an address without its end', { email: 'j.brandt@halden' }, 'email', 'the e-mail address is incomplete'],
    ['no address', { email: '  ' }, 'email', 'the e-mail address is missing'],
    ['no name', { name: '' }, 'name', 'the name is missing'],
    ['no message', { message: ' \r\n ' }, 'message', 'the message is empty'],
    ['a name of 201 characters', { name: 'n'.repeat(201) }, 'name', 'the name is too long'],
    ['a message of 5 001 characters', { message: 'm'.repeat(5_001) }, 'message', 'the message is too long'],
  ])('%s', async (_, change, field, text) => {
    const { send, state } = site()
    const answer = await send('/p/acme/contact', form({ ...filled, ...change }))
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`One thing to put right: <a href="#${field}">${text}</a>.`)
    expect(html).toContain(`aria-describedby="${field}_why"`)
    expect(html).toContain('<title>Not sent yet: contact Ines Marchetti</title>')
    expect(html).toContain(`name="lead_id" value="${LEAD}"`)
    expect(state.leads).toEqual([])
  })

  test('all of it, as it was written', async () => {
    const { send } = site()
    const answer = await send(
      '/p/acme/contact',
      form({ ...filled, name: marked, message: `\n${marked}`, email: '' }),
    )
    const html = await answer.text()
    expect(html).toContain('value="&lt;b&gt;&quot;Hello&quot; &amp; goodbye&lt;/b&gt;"')
    expect(html).toContain('\n&lt;b&gt;&quot;Hello&quot; &amp; goodbye&lt;/b&gt;</textarea>')
  })

  test('also while the database is away, with a time to try again', async () => {
    const { send, state } = site()
    state.database = Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
    const answer = await send('/p/acme/contact', form(filled))
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const html = await answer.text()
    expect(html).toContain('value="Jonas Brandt"')
    expect(html).toContain('Hello\nInes</textarea>')
    expect(html).toContain(`name="lead_id" value="${LEAD}"`)
    expect(html).toContain('Your text is kept.')
    expect(html).toContain('action="/p/acme/contact"')
  })

  test('also past the limit', async () => {
    const { send, state } = site({ leadsPerMinute: 2 })
    const answers = []
    for (let i = 0; i < 3; i++)
      answers.push(await send('/p/acme/contact', form({ ...filled, message: `${i}` })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 429])
    expect(Number(answers[2]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answers[2]!.text()).toContain('value="Jonas Brandt"')
    expect(state.leads).toHaveLength(2)
  })
})

test('NUL and lone surrogates are cleaned, the rest is stored as it is', async () => {
  const { send, state } = site()
  const body = 'name=a%00b&email=a@b.example&message=%ED%A0%80%F0%9F%98%80'
  const init = { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body }
  expect((await send('/p/acme/contact', init)).status).toBe(303)
  expect(state.leads[0]).toMatchObject({ name: 'a\uFFFDb', message: expect.stringMatching(/^\uFFFD+😀$/) })
})

test('a body over 64 KiB is refused, also when it comes in pieces without a length', async () => {
  const { send, state } = site()
  const body = `message=${'x'.repeat(70_000)}`
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  expect((await send('/p/acme/contact', { method: 'POST', headers, body })).status).toBe(413)
  const stream = new Blob([body]).stream()
  const piecemeal = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit
  expect((await send('/p/acme/contact', piecemeal)).status).toBe(413)
  expect(state.leads).toEqual([])
})

test('another content type is refused with a page', async () => {
  const answer = await site().send('/p/acme/contact', {
    method: 'POST',
    body: '{}',
    headers: { 'Content-Type': 'application/json' },
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([415, 'text/html; charset=UTF-8'])
})

test('a link that is off or unknown, or a page without a form, takes no message', async () => {
  const pages = { ...live.published.pages, contact: { ...live.published.pages.contact, form: false } }
  const { send, state } = site({
    links: { off: { ...live, state: 'off' }, mute: { ...live, published: { ...live.published, pages } } },
  })
  const statuses = []
  for (const slug of ['off', 'unknown', 'mute'])
    statuses.push((await send(`/p/${slug}/contact`, form(filled))).status)
  expect(statuses).toEqual([410, 404, 404])
  expect(await (await send('/p/mute/contact')).text()).not.toContain('<form class="row"')
  expect(state.leads).toEqual([])
})
