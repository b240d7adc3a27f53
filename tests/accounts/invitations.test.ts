import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, openStudio, PASSWORD, type Studio } from './studio.ts'

/** Where SIGN_UP is open, an account is made by who was invited. */

let studio: Studio
let mara: Caller
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

const invite = async (): Promise<string> => (await mara.ask('POST', '/api/invitations')).body.code
const signUp = (over: Record<string, unknown>) =>
  studio.browser().ask('POST', '/api/auth/sign-up/email', {
    body: { name: 'Tom', email: 'tom@example.com', password: PASSWORD, ...over },
  })

it('is a code that makes one account within seven days, however it is typed', async () => {
  const { status, body } = await mara.ask('POST', '/api/invitations')
  expect([status, body.code]).toEqual([201, expect.stringMatching(/^([A-HJ-NP-Z2-9]{4}-?){3}$/)])
  expect(Date.parse(body.expires_at) - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
  const typed = ` ${body.code.toLowerCase().replaceAll('-', ' ')}`
  expect((await signUp({ invitation: typed })).status).toBe(200)
  const again = await signUp({ email: 'tim@example.com', invitation: body.code })
  expect([again.status, again.body.type]).toEqual([403, '/problems/forbidden'])
  expect(again.body.detail).toMatch(/was used already/)
})

it('is asked for, and a wrong or expired one makes no account', async () => {
  const none = await signUp({ email: 'ida@example.com' })
  expect([none.status, none.body.errors[0].pointer]).toEqual([400, '/invitation'])
  expect((await signUp({ email: 'ida@example.com', invitation: 'ABCD-EFGH-JKLM' })).status).toBe(403)
  const code = await invite()
  await studio.store.pool.query(`update pitchbeat.invitations set expires_at = now() - interval '1 second'`)
  expect((await signUp({ email: 'ida@example.com', invitation: code })).status).toBe(403)
  const { rows } = await studio.store.pool.query(
    `select from accounts."user" where email = 'ida@example.com'`,
  )
  expect(rows).toEqual([])
})

it('is not used up by a form that is not filled in right', async () => {
  const invitation = await invite()
  expect((await signUp({ email: 'eva@example.com', password: 'short', invitation })).status).toBe(400)
  expect((await signUp({ email: 'eva', invitation })).status).toBe(400)
  expect((await signUp({ email: 'eva@example.com', invitation })).status).toBe(200)
})

it('tells nobody whether an address has an account without using a code up', async () => {
  const invitation = await invite()
  const taken = await signUp({ email: 'mara@example.com', invitation })
  expect([taken.status, taken.body.type]).toEqual([403, '/problems/forbidden'])
  expect(taken.text).not.toMatch(/exist/i)
  expect((await signUp({ email: 'new@example.com', invitation })).status).toBe(403)
  expect((await signUp({ email: 'mara@example.com', invitation: 'ABCD-EFGH-JKLM' })).text).toBe(
    (await signUp({ email: 'unknown@example.com', invitation: 'ABCD-EFGH-JKLM' })).text,
  )
})

it('serves once, also when two use it at the same moment', async () => {
  const invitation = await invite()
  const both = await Promise.all([
    signUp({ email: 'one@example.com', invitation }),
    signUp({ email: 'two@example.com', invitation }),
  ])
  expect(both.map(one => one.status).sort()).toEqual([200, 403])
})

it('goes with the account of who made it, and is made by nobody where SIGN_UP is closed', async () => {
  const jon = await studio.owner('jon@example.com')
  const { code } = (await jon.ask('POST', '/api/invitations')).body
  await jon.ask('POST', '/api/auth/delete-user', { body: { password: PASSWORD } })
  expect((await signUp({ email: 'late@example.com', invitation: code })).status).toBe(403)

  const closed = await openStudio({ signUp: 'closed' })
  const first = closed.browser()
  await first.ask('POST', '/api/auth/sign-in/email', {
    body: { email: 'first@example.com', password: PASSWORD },
  })
  expect(await first.get('/api/invitations')).toEqual({ open: false })
  expect((await first.ask('POST', '/api/invitations')).status).toBe(409)
  await closed.close()
})
