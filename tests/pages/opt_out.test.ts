import { expect, test } from 'vitest'
import { form, site } from './site.ts'

test('“Don’t count me” leaves one cookie for 400 days on all links, takes the session’s away, and leads back', async () => {
  const { send, state } = site()
  state.database = Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  const Referer = 'http://localhost:4000/p/acme/case-studies'
  const answer = await send('/p/acme/opt-out', form({ out: '1' }, { Referer }))
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/p/acme/case-studies'])
  expect(answer.headers.getSetCookie()).toEqual([
    'pb_out=1; Max-Age=34560000; Path=/p; Secure; SameSite=Lax',
    'pb_acme=; Max-Age=0; Path=/p/acme; Secure; SameSite=Lax',
  ])
})

test('“Count me again” takes the cookie away', async () => {
  const answer = await site().send('/p/acme/opt-out', form({ out: '0' }))
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/p/acme'])
  expect(answer.headers.getSetCookie()).toEqual(['pb_out=; Max-Age=0; Path=/p; Secure; SameSite=Lax'])
})

test('it never leads to another site', async () => {
  for (const Referer of ['https://evil.example/p/acme/x', '//evil.example', 'https://evil.example/p/other'])
    expect(
      (await site().send('/p/acme/opt-out', form({ out: '1' }, { Referer }))).headers.get('location'),
    ).toBe('/p/acme')
})

test('another site cannot switch the counting back on', async () => {
  for (const headers of [
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
  ] as Record<string, string>[]) {
    const answer = await site().send('/p/acme/opt-out', form({ out: '0' }, headers))
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})

test('at an address that no link can have there is nothing to leave', async () => {
  for (const slug of ['x%20y', 'x;y', 'A', '%00', '%F0%9F%98%80']) {
    const answer = await site().send(`/p/${slug}/opt-out`, form({ out: '1' }))
    expect([slug, answer.status, answer.headers.getSetCookie()]).toEqual([slug, 404, []])
  }
})
