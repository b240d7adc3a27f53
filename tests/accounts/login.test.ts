import type { Context } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSameOrigin } from '../../src/accounts/same_origin.ts'
import { openStudio, PASSWORD, type Studio } from './studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

const login = (over: Record<string, unknown> = {}) => ({
  body: { email: 'first@example.com', password: PASSWORD, ...over },
})

describe('logging in', () => {
  it('gives a cookie that only this site gets and no script reads, and keeps neither address nor browser', async () => {
    const mara = studio.browser()
    const answer = await mara.ask('POST', '/api/auth/sign-in/email', {
      ...login(),
      headers: { 'User-Agent': 'Mozilla/5.0 (secret browser)', 'X-Forwarded-For': '203.0.113.9' },
    })
    expect(answer.status).toBe(200)
    const cookie = answer.headers
      .getSetCookie()
      .find(line => /^pitchbeat-[0-9a-f]{8}\.session_token=/.test(line))
    expect(cookie).toMatch(/; Path=\/(;|$)/i)
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=Lax/i)
    expect(cookie).not.toMatch(/; Secure/i)
    expect((await mara.get('/api/me')).name).toBe('First')
    const { rows } = await studio.store.pool.query('select * from accounts."session"')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toMatch(/Mozilla|203\.0\.113/)
    expect(rows.every(row => row.ipAddress === null && row.userAgent === null)).toBe(true)
  })

  it('marks the cookie Secure where the site is https', async () => {
    const secure = await openStudio({ baseUrl: 'https://pitch.example', setUp: false, store: studio.store })
    const mara = secure.browser()
    const answer = await mara.ask('POST', '/api/auth/sign-in/email', login())
    expect(answer.headers.getSetCookie().join()).toMatch(
      /__Secure-pitchbeat-[0-9a-f]{8}\.session_token=.*; Secure/i,
    )
    expect((await mara.get('/api/me')).name).toBe('First')
  })

  it('lasts beside a login at another instance on the same host, whose ports share their cookies', async () => {
    const mara = studio.browser()
    await mara.ask('POST', '/api/auth/sign-in/email', login())
    const secret = 'another secret of more than thirty-two characters'
    for (const options of [{ secret }, { baseUrl: 'http://localhost:4001' }]) {
      const other = await openStudio(options)
      const there = other.browser()
      for (const [name, value] of mara.cookies) there.cookies.set(name, value)
      await there.ask('POST', '/api/auth/sign-in/email', login())
      expect((await there.get('/api/me')).name).toBe('First')
      for (const [name, value] of there.cookies) mara.cookies.set(name, value)
      expect((await mara.get('/api/me')).name).toBe('First')
      await other.close()
    }
  })

  it('is prolonged by the question that the studio asks first, which answers a stranger with null', async () => {
    const mara = studio.browser()
    await mara.ask('POST', '/api/auth/sign-in/email', login())
    await studio.store.pool.query(
      `update accounts."session" set "expiresAt" = now() + interval '28 days', "updatedAt" = now() - interval '2 days'`,
    )
    const answer = await mara.ask('GET', '/api/auth/get-session')
    expect(answer.body.user).toMatchObject({ name: 'First', email: 'first@example.com' })
    expect(answer.headers.getSetCookie().join()).toMatch(/session_token=.*Max-Age=2592000/)
    const stranger = await studio.browser().ask('GET', '/api/auth/get-session')
    expect([stranger.status, stranger.body]).toEqual([200, null])
  })

  it('answers the same for an unknown person as for a wrong password', async () => {
    const wrong = await studio
      .browser()
      .ask('POST', '/api/auth/sign-in/email', login({ password: 'not this one' }))
    const unknown = await studio
      .browser()
      .ask('POST', '/api/auth/sign-in/email', login({ email: 'no@example.com' }))
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    expect(wrong.status).toBe(401)
  })

  it('answers 429 after 20 tries in a minute from one address', async () => {
    const tries = []
    for (let i = 0; i < 22; i++)
      tries.push(
        await studio.browser().ask('POST', '/api/auth/sign-in/email', {
          ...login({ email: `n${i}@example.com` }),
          address: '198.51.100.7',
        }),
      )
    expect(tries.slice(0, 20).every(answer => answer.status === 401)).toBe(true)
    expect(tries[20]!.status).toBe(429)
    expect(Number(tries[20]!.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('ends at once on logging out', async () => {
    const mara = studio.browser()
    await mara.ask('POST', '/api/auth/sign-in/email', login())
    const kept = new Map(mara.cookies)
    expect((await mara.ask('GET', '/api/me')).status).toBe(200)
    await mara.ask('POST', '/api/auth/sign-out', { body: {} })
    expect((await mara.ask('GET', '/api/me')).status).toBe(401)
    const thief = studio.browser()
    for (const [name, value] of kept) thief.cookies.set(name, value)
    expect((await thief.ask('GET', '/api/me')).status).toBe(401)
  })
})

describe('the login library', () => {
  it('serves nine routes and no more', async () => {
    const mara = studio.browser()
    await mara.ask('POST', '/api/auth/sign-in/email', login())
    for (const [method, path, status = 404] of [
      ['GET', '/ok'],
      ['GET', '/error'],
      ['GET', '/list-sessions'],
      ['POST', '/revoke-session'],
      ['POST', '/revoke-other-sessions'],
      ['POST', '/update-user'],
      ['POST', '/change-email'],
      ['POST', '/verify-password'],
      ['POST', '/sign-in/social'],
      ['GET', '/delete-user/callback'],
      ['GET', '/reset-password/x'],
      ['POST', '/get-session', 405],
      ['GET', '/sign-out', 405],
    ] as const) {
      const asked = method === 'POST' ? { body: {} } : {}
      expect((await mara.ask(method, `/api/auth${path}`, asked)).status, `${method} ${path}`).toBe(status)
    }
    expect((await mara.ask('GET', '/api/me')).status).toBe(200)
  })
})

describe('requests from other sites', () => {
  it('cannot change anything with a cookie', async () => {
    const mara = studio.browser()
    await mara.ask('POST', '/api/auth/sign-in/email', login())
    const rename = (headers: Record<string, string>) =>
      mara.ask('PATCH', '/api/me', { body: { name: 'Renamed' }, headers })
    for (const headers of [
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: '', 'Sec-Fetch-Site': 'same-site' },
      { Origin: '' },
    ])
      expect((await rename(headers)).status).toBe(403)
    expect((await mara.get('/api/me')).name).toBe('First')
    expect((await rename({ Origin: '', 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
    expect((await mara.ask('PATCH', '/api/me', { body: { name: 'First' } })).status).toBe(200)
  })
  it('cannot log somebody in or out', async () => {
    const headers = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    const mara = studio.browser()
    expect((await mara.ask('POST', '/api/auth/sign-in/email', { ...login(), headers })).status).toBe(403)
    await mara.ask('POST', '/api/auth/sign-in/email', login())
    expect((await mara.ask('POST', '/api/auth/sign-out', { body: {}, headers })).status).toBe(403)
    expect((await mara.ask('GET', '/api/me')).status).toBe(200)
  })
  it('are not let in by a name of their own that leads to this server, and are told the right address', async () => {
    const mara = studio.browser()
    await mara.ask('POST', '/api/auth/sign-in/email', login())
    const headers = { Origin: 'http://evil.example:4000', Host: 'evil.example:4000' }
    const refused = await mara.ask('PATCH', '/api/me', { body: {}, headers })
    expect(refused.status).toBe(403)
    expect(refused.body.detail).toContain('http://localhost:4000 (BASE_URL)')
  })
  it('are refused over http where the studio is served over https', async () => {
    const asked = (headers: Record<string, string>) => ({
      req: { header: (name: string) => headers[name] },
    })
    const isOurs = (headers: Record<string, string>) =>
      isSameOrigin(asked(headers) as unknown as Context, 'https://pitch.example')
    expect(isOurs({ origin: 'http://pitch.example', host: 'pitch.example' })).toBe(false)
    expect(isOurs({ origin: 'https://pitch.example' })).toBe(true)
  })
})

describe('guessing a password from many addresses', () => {
  const wrong = (address: string) =>
    studio.browser().ask('POST', '/api/auth/sign-in/email', {
      body: { email: 'guessed@example.com', password: 'a wrong guess' },
      address,
    })
  const right = (who: ReturnType<Studio['browser']>) =>
    who.ask('POST', '/api/auth/sign-in/email', {
      body: { email: 'Guessed@example.com', password: PASSWORD },
    })

  it('is slowed, and says so, for everybody but the devices on which the owner logged in before', async () => {
    const owner = await studio.owner('guessed@example.com')
    const phone = studio.browser()
    expect((await right(phone)).status).toBe(200)
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => wrong(`198.18.${n >> 8}.${n & 255}`)),
    )
    const count = (status: number) => answers.filter(one => one.status === status).length
    expect([count(401), count(429)]).toEqual([10, 990])
    const refused = answers.find(one => one.status === 429)!
    expect(refused.body.detail).toMatch(
      /^Somebody tries to log in to this account too often. Try again in \d+ s\.$/,
    )
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await right(studio.browser())).status).toBe(429)

    await phone.ask('POST', '/api/auth/sign-out', { body: {} })
    expect((await right(phone)).status).toBe(200)
    expect((await owner.get('/api/me')).email).toBe('guessed@example.com')
  })

  it('is counted alike where there is no such account, and a device known for one account is not for another', async () => {
    const phone = studio.browser()
    await right(phone)
    const ask = () =>
      phone.ask('POST', '/api/auth/sign-in/email', {
        body: { email: 'nobody-here@example.com', password: 'x' },
        address: `198.19.0.${tries++}`,
      })
    let tries = 0
    const answers = []
    while (tries < 11) answers.push((await ask()).status)
    expect(answers).toEqual([...Array(10).fill(401), 429])
  })

  it('does not count what was right', async () => {
    const one = await studio.owner('often@example.com')
    for (let n = 0; n < 15; n++) {
      const answer = await studio.browser().ask('POST', '/api/auth/sign-in/email', {
        body: { email: 'often@example.com', password: PASSWORD },
      })
      expect(answer.status).toBe(200)
    }
    expect((await one.get('/api/me')).email).toBe('often@example.com')
  })
})
