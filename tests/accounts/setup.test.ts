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
    code: studio.accounts.setupCode(),
    name: 'Mara Ilves',
    email: 'Mara@Ilves.example',
    password: PASSWORD,
    time_zone: 'Europe/Tallinn',
    ...over,
  },
})

describe('the set-up code', () => {
  it('is the same in every process and reads in three groups', () => {
    expect(setupCode(SECRET)).toBe(studio.accounts.setupCode())
    expect(setupCode(SECRET)).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}$/)
    expect(setupCode(`${SECRET}!`)).not.toBe(setupCode(SECRET))
  })
  it('is accepted as people type it', () => {
    const code = setupCode(SECRET)
    expect(isSetupCode(code.toLowerCase().replaceAll('-', ' '), SECRET)).toBe(true)
    expect(isSetupCode(code.slice(0, -1), SECRET)).toBe(false)
    expect(isSetupCode('', SECRET)).toBe(false)
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
  it('takes no sign-ups from strangers unless it is open', async () => {
    const answer = await studio.browser().ask('POST', '/api/auth/sign-up/email', {
      body: { name: 'X', email: 'x@example.com', password: PASSWORD },
    })
    expect(answer.status).toBe(403)
    expect(answer.body.type).toBe('/problems/forbidden')
  })
})
