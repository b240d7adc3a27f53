import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSetupCode, setupCode } from '../../src/accounts/setup_code.ts'
import { openStudio, PASSWORD, SECRET, type Studio } from './studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio({ setUp: false, signUp: 'closed' })
})
afterAll(() => studio?.close())

const setup = (over: Record<string, unknown> = {}) => ({
  body: {
    code: setupCode(SECRET, 0),
    name: 'Mara Ilves',
    email: 'Mara@Ilves.example',
    password: PASSWORD,
    time_zone: 'Europe/Tallinn',
    ...over,
  },
})

describe('the set-up code', () => {
  it('is the same in every process and reads in three groups', async () => {
    expect(setupCode(SECRET, 0)).toBe(await studio.accounts.setupCode())
    expect(setupCode(SECRET, 0)).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}$/)
    expect(setupCode(`${SECRET}!`, 0)).not.toBe(setupCode(SECRET, 0))
  })
  it('is accepted as people type it', () => {
    const code = setupCode(SECRET, 0)
    expect(isSetupCode(code.toLowerCase().replaceAll('-', ' '), SECRET, 0)).toBe(true)
    expect(isSetupCode(code.slice(0, -1), SECRET, 0)).toBe(false)
    expect(isSetupCode('', SECRET, 0)).toBe(false)
  })
})

describe('the first minute', () => {
  it('says that an owner is missing', async () => {
    expect(await studio.browser().get('/api/setup')).toEqual({ needs_owner: true })
  })
  it('refuses a wrong code, and an unknown time zone before it makes anything', async () => {
    expect((await studio.browser().ask('POST', '/api/setup', setup({ code: 'AAAA-AAAA-AAAA' }))).status).toBe(
      403,
    )
    for (const time_zone of ['Europe/Nowhere', '+02:00', '']) {
      const answer = await studio.browser().ask('POST', '/api/setup', setup({ time_zone }))
      expect(answer.status).toBe(400)
      expect(answer.body.errors[0].pointer).toBe('/time_zone')
    }
    expect((await studio.browser().ask('POST', '/api/setup', { raw: '{"code":' })).status).toBe(400)
    expect(await studio.browser().get('/api/setup')).toEqual({ needs_owner: true })
  })
  it('makes one owner of two set-ups at once, logged in, with a project in the given zone', async () => {
    const [mara, jon] = [studio.browser(), studio.browser()]
    const answers = await Promise.all([
      mara.ask('POST', '/api/setup', setup()),
      jon.ask('POST', '/api/setup', setup({ email: 'jon@example.com' })),
    ])
    expect(answers.map(answer => answer.status).sort()).toEqual([201, 409])
    const { rows } = await studio.store.pool.query('select count(*) as n from accounts."user"')
    expect(rows[0].n).toBe(1)
    const first = answers[0].status === 201 ? mara : jon
    expect((await first.get('/api/me')).email).toMatch(/^(mara@ilves|jon@example)\./)
    const { items } = await first.get('/api/projects')
    expect(items.map((project: { time_zone: string }) => project.time_zone)).toEqual(['Europe/Tallinn'])
    expect(await studio.browser().get('/api/setup')).toEqual({ needs_owner: false })
    expect((await studio.browser().ask('POST', '/api/setup', setup())).status).toBe(409)
  })
  it('is over for its code even when the last owner has deleted the account: the next start prints another', async () => {
    const open = await openStudio({ setUp: false })
    const set = (code: string) => open.browser().ask('POST', '/api/setup', setup({ code }))
    const owner = open.browser()
    const used = await open.accounts.setupCode()
    await owner.ask('POST', '/api/setup', setup({ code: used }))
    await owner.ask('POST', '/api/auth/delete-user', { body: { password: PASSWORD } })
    expect(await open.browser().get('/api/setup')).toEqual({ needs_owner: true })
    expect((await set(used)).status).toBe(403)
    expect((await set(await open.accounts.setupCode())).status).toBe(201)
    await open.close()
  })
  it('takes no sign-ups from strangers unless it is open', async () => {
    const answer = await studio.browser().ask('POST', '/api/auth/sign-up/email', {
      body: { name: 'X', email: 'x@example.com', password: PASSWORD },
    })
    expect(answer.status).toBe(403)
    expect(answer.body.type).toBe('/problems/forbidden')
  })
})
