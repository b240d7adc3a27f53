import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMAIL, firstOwner, PASSWORD } from '../servers/owner.ts'
import { type How, type Row, startWire, type Wire } from './wire.ts'

/** Set-up, login, tokens, the account, and the device that is the owner's. */

let wire: Wire
beforeAll(async () => {
  wire = await startWire('accounts', { SIGN_UP: 'open' })
})
afterAll(() => wire?.stop())

const owner = (more: How = {}) => ({ as: 'owner' as const, ...more })
const first = (more = {}) => ({ ...firstOwner(wire.pitchbeat), ...more })
const xml = { body: '<a/>', headers: { 'Content-Type': 'application/xml' } }

const rows: Row[] = [
  ['a stranger may ask', 'GET /api/setup', 200],
  ['done already', 'POST /api/setup', 409, () => ({ body: first() })],
  ['a wrong code', 'POST /api/setup', 403, () => ({ body: first({ code: 'ABCD' }) })],
  ['an unknown zone', 'POST /api/setup', 400, () => ({ body: first({ time_zone: 'Mars' }) })],
  ['too large', 'POST /api/setup', 413, () => ({ body: first({ name: 'x'.repeat(11_000) }) })],
  ['no JSON', 'POST /api/setup', 415, () => xml],
  ['the owner', 'GET /api/me', 200, owner],
  ['a stranger', 'GET /api/me', 401],
  ['a name', 'PATCH /api/me', 200, () => owner({ body: { name: 'Mara Ilves' } })],
  ['an empty name', 'PATCH /api/me', 400, () => owner({ body: { name: '' } })],
  ['no JSON', 'PATCH /api/me', 415, () => owner(xml)],
  ['a stranger', 'PATCH /api/me', 401, () => ({ body: { name: 'Stranger' } })],
  [
    'another site',
    'PATCH /api/me',
    403,
    () => owner({ body: { name: 'x' }, headers: { Origin: 'https://elsewhere.example' } }),
  ],
  ['a stranger', 'GET /api/me/export', 401],
  ['the owner', 'GET /api/tokens', 200, owner],
  ['a stranger', 'GET /api/tokens', 401],
  ['without a name', 'POST /api/tokens', 400, () => owner({ body: {} })],
  ['none such', 'DELETE /api/tokens/{id}', 404, owner],
  ['no id', 'DELETE /api/tokens/{id}', 400, () => owner({ at: { id: 'one' } })],
  ['a stranger', 'POST /api/mine-codes', 401],
  ['the owner', 'GET /api/invitations', 200, owner],
  ['a stranger', 'GET /api/invitations', 401],
  ['the owner', 'POST /api/invitations', 201, owner],
  ['a stranger', 'POST /api/invitations', 401],
  ['a code that nobody made', 'GET /mine/{code}', 410, () => ({ at: { code: 'nonsense' } })],
  ['the device that was taken', 'GET /mine/done', 200],
  [
    'a password that is wrong',
    'POST /api/auth/sign-in/email',
    401,
    () => ({ body: { email: EMAIL, password: 'not-this-password' } }),
  ],
  [
    'a person whom nobody knows',
    'POST /api/auth/sign-in/email',
    401,
    () => ({ body: { email: 'nobody@example.com', password: 'not-this-password' } }),
  ],
  [
    'another site',
    'POST /api/auth/sign-in/email',
    403,
    () => ({ body: {}, headers: { Origin: 'https://elsewhere.example' } }),
  ],
  [
    'a change of password by nobody',
    'POST /api/auth/change-password',
    401,
    () => ({ body: { currentPassword: 'a-long-password', newPassword: 'another-long-one' } }),
  ],
  ['log out everywhere by nobody', 'POST /api/auth/revoke-sessions', 401, () => ({ body: {} })],
  [
    'a reset while no mail can be sent',
    'POST /api/auth/request-password-reset',
    400,
    () => ({ body: { email: EMAIL } }),
  ],
  [
    'a reset with a code of nobody',
    'POST /api/auth/reset-password',
    400,
    () => ({ body: { newPassword: 'another-long-one', token: 'nonsense' } }),
  ],
  ['deleting an account without its password', 'POST /api/auth/delete-user', 400, () => ({ body: {} })],
  [
    'nobody without an invitation',
    'POST /api/auth/sign-up/email',
    400,
    () => ({ body: first({ email: 'b@example.com' }) }),
  ],
  [
    'nobody with an invitation that nobody made',
    'POST /api/auth/sign-up/email',
    403,
    () => ({ body: first({ email: 'b@example.com', invitation: 'ABCD-EFGH-JKLM' }) }),
  ],
]
it.each(rows)('%s: %s, %i', (_, route, status, how) => wire.ask(route, status, how?.()).then(() => {}))

describe('logging in', () => {
  const logIn = (password: string, status: number) =>
    wire.ask('POST /api/auth/sign-in/email', status, { body: { email: EMAIL, password } })

  it('says the same of a wrong password as of an unknown person', async () => {
    const wrong = await logIn('not-this-password', 401)
    const body = { email: 'nobody@example.com', password: 'not-this-password' }
    const unknown = await wire.ask('POST /api/auth/sign-in/email', 401, { body })
    expect(unknown.json).toEqual(wrong.json)
  })

  it('gives a cookie that is believed until logging out', async () => {
    const { headers } = await logIn(PASSWORD, 200)
    const [set] = headers.getSetCookie()
    expect(set).toMatch(/; HttpOnly; SameSite=Lax/)
    const Cookie = set!.split(';')[0]!
    const known = await wire.ask('GET /api/auth/get-session', 200, { headers: { Cookie } })
    expect(known.json.user.email).toBe(EMAIL)
    const Origin = wire.pitchbeat.url
    await wire.ask('POST /api/auth/sign-out', 200, { body: {}, headers: { Cookie, Origin } })
    await wire.ask('GET /api/me', 401, { headers: { Cookie } })
  })
})

describe('the account', () => {
  it('is exported as JSON Lines of all that it holds', async () => {
    const sid = await wire.read()
    const { text } = await wire.ask('GET /api/me/export', 200, owner())
    const lines = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines[0]).toMatchObject({ kind: 'account', email: EMAIL })
    const kinds = new Set(lines.map(({ kind }) => kind))
    expect([...kinds]).toEqual(expect.arrayContaining(['project', 'campaign', 'link', 'version', 'session']))
    expect(lines.filter(({ kind }) => kind === 'session').map(({ id }) => id)).toEqual([sid])
    const versions = lines.filter(({ kind }) => kind === 'version')
    expect(versions.map(one => one.of).sort()).toEqual(['draft', 'publication'])
    expect(versions[0].pages.summary.name).toBe('Mara Ilves')
  })
})

describe('a token', () => {
  const make = async (scope: 'read' | 'write') => {
    const { json } = await wire.ask('POST /api/tokens', 201, owner({ body: { name: scope, scope } }))
    const headers = { Authorization: `Bearer ${json.token}` }
    return { id: json.id as string, token: json.token as string, headers }
  }

  it('is shown once and stands in the list without its secret', async () => {
    const { id, token } = await make('read')
    const { json, text } = await wire.ask('GET /api/tokens', 200, owner())
    expect(json.items[0]).toMatchObject({ id, scope: 'read', last_used_at: null })
    expect(text).not.toContain(token)
  })

  it('that can read reads, and cannot write', async () => {
    const { headers } = await make('read')
    await wire.ask('GET /api/campaigns', 200, { headers })
    await wire.ask('PATCH /api/me', 403, { headers, body: { name: 'x' } })
    await wire.ask('POST /api/mine-codes', 403, { headers })
  })

  it('that can write does, but neither sees nor makes tokens', async () => {
    const { headers } = await make('write')
    await wire.ask('POST /api/projects', 201, { headers, body: { name: 'By program' } })
    await wire.ask('GET /api/tokens', 403, { headers })
    await wire.ask('POST /api/tokens', 403, { headers, body: { name: 'another' } })
  })

  it('is worth nothing once it was ended', async () => {
    const { id, headers } = await make('read')
    await wire.ask('GET /api/me', 200, { headers })
    await wire.ask('DELETE /api/tokens/{id}', 204, owner({ at: { id } }))
    await wire.ask('GET /api/me', 401, { headers })
    await wire.ask('DELETE /api/tokens/{id}', 404, owner({ at: { id } }))
  })
})

describe('a device of the owner', () => {
  it('is known by a code that works once', async () => {
    const { json } = await wire.ask('POST /api/mine-codes', 201, owner())
    const code = new URL(json.url).pathname.split('/').at(-1)!
    const { headers } = await wire.ask('GET /mine/{code}', 303, { at: { code } })
    expect(headers.get('location')).toBe('/mine/done')
    expect(headers.get('set-cookie')).toMatch(/^pb_mine=.+; Max-Age=34560000; Path=\/p; HttpOnly; Secure/)
    await wire.ask('GET /mine/{code}', 410, { at: { code } })
    const next = await wire.ask('POST /api/mine-codes', 201, owner())
    const another = new URL(next.json.url).pathname.split('/').at(-1)!
    const Origin = wire.pitchbeat.url
    await wire.ask('POST /mine/{code}', 303, { at: { code: another }, headers: { Origin } })
    const Cookie = headers.get('set-cookie')!.split(';')[0]!
    const { json: mine } = await wire.ask('GET /p/{slug}/ticket', 200, { headers: { Cookie } })
    const sid = await wire.read({ ticket: mine.ticket })
    const session = await wire.ask('GET /api/campaigns/{id}/sessions/{sid}', 200, owner({ at: { sid } }))
    expect(session.json).toMatchObject({ verdict: 'owner', reason: 'owner_device' })
  })
})

it('every route of this part was asked', () => expect(wire.unseen()).toEqual([]))
