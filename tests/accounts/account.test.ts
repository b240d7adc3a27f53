import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resetPassword } from '../../src/accounts/reset_password.ts'
import { MINE_COOKIE, openMineCookie } from '../../src/gate/mine.ts'
import { eraseDeleted } from '../../src/worker/timetable.ts'
import { reading, save } from '../reports/readings.ts'
import { openStudio, PASSWORD, SECRET, type Studio } from './studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

describe('what an owner is answered', () => {
  it('is kept by no cache, on the way or in the browser', async () => {
    const ida = await studio.owner('unkept@example.com')
    const paths = ['/api/me', '/api/me/export', '/api/projects', '/api/campaigns', '/api/leads']
    for (const path of [...paths, '/api/campaigns/none'])
      expect((await ida.ask('GET', path)).headers.get('cache-control'), path).toBe('private, no-store')
  })
  it('as an export names no owner inside its rows: the account is its first line', async () => {
    const eve = await studio.owner('exported@example.com')
    const { body } = await eve.ask('POST', '/api/campaigns', {
      body: { project_id: eve.project, title: 'Acme' },
    })
    const kinds = (await eve.ask('GET', '/api/me/export')).text.trim().split('\n')
    expect(kinds.map(line => JSON.parse(line).kind)).toEqual(
      expect.arrayContaining(['project', 'campaign', 'link']),
    )
    expect(kinds.join()).toContain(body.id)
    for (const line of kinds) expect(JSON.parse(line)).not.toHaveProperty('owner_id')
  })
})

describe('"this device is mine"', () => {
  it('is a code that works once, on a device that is logged in nowhere', async () => {
    const mara = await studio.owner('mara@example.com')
    const { status, body } = await mara.ask('POST', '/api/mine-codes')
    expect(status).toBe(201)
    const left = Date.parse(body.expires_at) - Date.now()
    expect(left).toBeGreaterThan(9 * 60_000)
    expect(left).toBeLessThanOrEqual(10 * 60_000)
    const { pathname } = new URL(body.url)
    const phone = studio.browser()
    const opened = await phone.ask('GET', pathname)
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/mine/done'])
    const cookie = opened.headers.getSetCookie()[0]!
    expect(cookie).toMatch(/; Path=\/p(;|$)/)
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/Max-Age=34560000/)
    expect(openMineCookie(phone.cookies.get(MINE_COOKIE), [SECRET])).toBe(mara.id)
    expect((await phone.ask('GET', '/mine/done')).status).toBe(200)
    const again = await studio.browser().ask('GET', pathname)
    expect(again.status).toBe(410)
    expect(again.headers.getSetCookie()).toEqual([])
    expect((await studio.browser().ask('GET', '/mine/nonsense')).status).toBe(410)
  })
  it('is worth nothing after ten minutes', async () => {
    const jon = await studio.owner('jon@example.com')
    const { body } = await jon.ask('POST', '/api/mine-codes')
    await studio.store.pool.query(`update pitchbeat.mine_codes set expires_at = now() - interval '1 second'`)
    expect((await studio.browser().ask('GET', new URL(body.url).pathname)).status).toBe(410)
  })
})

describe('the mark of a device', () => {
  const codeOf = async (who: { ask: ReturnType<Studio['browser']>['ask'] }) =>
    new URL((await who.ask('POST', '/api/mine-codes')).body.url).pathname

  it('is not made by a HEAD, which uses no code up', async () => {
    const path = await codeOf(await studio.owner('head@example.com'))
    expect((await studio.browser().ask('HEAD', path)).status).toBe(200)
    expect((await studio.browser().ask('GET', path)).status).toBe(303)
  })
  it('is replaced by another owner’s code only when the person at the device says so', async () => {
    const [one, two] = [await studio.owner('one@example.com'), await studio.owner('two@example.com')]
    const phone = studio.browser()
    await phone.ask('GET', await codeOf(one))
    const path = await codeOf(two)
    const asked = await phone.ask('GET', path)
    expect([asked.status, asked.headers.getSetCookie()]).toEqual([409, []])
    expect(asked.text).toContain('<form method="post">')
    expect(openMineCookie(phone.cookies.get(MINE_COOKIE), [SECRET])).toBe(one.id)
    const elsewhere = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    expect((await phone.ask('POST', path, { headers: elsewhere })).status).toBe(403)
    expect((await phone.ask('POST', path)).status).toBe(303)
    expect(openMineCookie(phone.cookies.get(MINE_COOKIE), [SECRET])).toBe(two.id)
    expect((await phone.ask('GET', await codeOf(two))).status).toBe(303)
  })
  it('leaves no spent code behind', async () => {
    const path = await codeOf(await studio.owner('spent@example.com'))
    await studio.browser().ask('GET', path)
    const { rows } = await studio.store.pool.query(
      'select count(*) as n from pitchbeat.mine_codes where used_at is not null or expires_at < now() or owner_id = (select id from accounts."user" where email = \'spent@example.com\')',
    )
    expect(rows[0].n).toBe(0)
  })
})

describe('a password', () => {
  it('is changed only by who knows it, and ends the other logins', async () => {
    const ada = await studio.owner('ada@example.com')
    const elsewhere = studio.browser()
    await elsewhere.ask('POST', '/api/auth/sign-in/email', {
      body: { email: 'ada@example.com', password: PASSWORD },
    })
    expect((await elsewhere.ask('GET', '/api/me')).status).toBe(200)
    const change = (currentPassword: string) =>
      ada.ask('POST', '/api/auth/change-password', {
        body: { currentPassword, newPassword: 'another long one', revokeOtherSessions: true },
      })
    expect((await change('wrong')).status).toBe(400)
    expect((await change(PASSWORD)).status).toBe(200)
    expect((await ada.ask('GET', '/api/me')).status).toBe(200)
    expect((await elsewhere.ask('GET', '/api/me')).status).toBe(401)
  })
})

describe('a password that was lost', () => {
  it('is replaced by the operator, and no login of before lives on', async () => {
    await studio.owner('lost@example.com')
    const logIn = (password: string) =>
      studio
        .browser()
        .ask('POST', '/api/auth/sign-in/email', { body: { email: 'lost@example.com', password } })
    expect(await resetPassword(studio.store.pool, 'nobody@example.com')).toBeNull()
    const password = await resetPassword(studio.store.pool, 'Lost@example.com')
    const { rows } = await studio.store.pool.query(
      `select count(*) as n from accounts."session" s join accounts."user" u on u.id = s."userId"
       where u.email = 'lost@example.com'`,
    )
    expect(rows[0].n).toBe(0)
    expect((await logIn(PASSWORD)).status).toBe(401)
    expect((await logIn(password!)).status).toBe(200)
  })
})

describe('an account', () => {
  it('is deleted with its password only, however young the login is', async () => {
    const young = await studio.owner('young@example.com')
    for (const body of [{}, { password: '' }, undefined]) {
      const answer = await young.ask('POST', '/api/auth/delete-user', { body })
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([400, '/password'])
    }
    expect((await young.ask('GET', '/api/me')).status).toBe(200)
  })
  it('that is deleted leaves nothing: no login, no campaign, no fact, and links that nobody ever knew', async () => {
    const eve = await studio.owner('eve@example.com')
    const { body: campaign } = await eve.ask('POST', '/api/campaigns', {
      body: { project_id: eve.project, title: 'Short' },
    })
    const { body: token } = await eve.ask('POST', '/api/tokens', { body: { name: 'x', scope: 'write' } })
    const [link] = (await eve.get(`/api/campaigns/${campaign.id}/links`)).items
    const at = Date.now() - 60_000
    await save(
      studio.store.database,
      reading({ campaign_id: campaign.id, link_id: link.id, at, pages: { summary: 20_000 } }),
    )
    expect((await eve.ask('POST', '/api/auth/delete-user', { body: { password: 'wrong one' } })).status).toBe(
      400,
    )
    expect((await eve.ask('GET', `/api/campaigns/${campaign.id}`)).status).toBe(200)
    expect((await eve.ask('POST', '/api/auth/delete-user', { body: { password: PASSWORD } })).status).toBe(
      200,
    )
    expect((await eve.ask('GET', '/api/me')).status).toBe(401)
    expect((await studio.program(token.token).ask('GET', '/api/me')).status).toBe(401)
    const page = await studio.store.database.as({ role: 'service_role' }, query =>
      query('select state from internal.page_by_slug($1)', [link.slug]),
    )
    expect(page).toEqual([])
    await eraseDeleted(studio.store.database)
    const left = await studio.store.pool.query(
      `select
         (select count(*) from accounts."user" where id = $1) + (select count(*) from accounts."account" where "userId" = $1)
         + (select count(*) from pitchbeat.projects where owner_id = $1)
         + (select count(*) from pitchbeat.campaigns where owner_id = $1)
         + (select count(*) from pitchbeat.tokens where owner_id = $1)
         + (select count(*) from internal.sessions where campaign_id = $2)
         + (select count(*) from internal.views where campaign_id = $2) as n`,
      [eve.id, campaign.id],
    )
    expect(left.rows[0].n).toBe(0)
  })
})
