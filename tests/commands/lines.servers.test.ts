import { afterAll, beforeAll, expect, it } from 'vitest'
import { EMAIL, ownerOf, PASSWORD } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'

/** Every line that the process prints is ours: two plain ones at the start, JSON after that. */

let pitchbeat: Pitchbeat
beforeAll(async () => {
  pitchbeat = await startPitchbeat({ env: { SIGN_UP: 'open', LOG_LEVEL: 'debug' } })
})
afterAll(() => pitchbeat?.stop())

it('also of the login library, whatever it is asked and however that fails', async () => {
  const owner = await ownerOf(pitchbeat)
  const { code } = await owner.api<{ code: string }>('POST', '/api/invitations')
  const ask = (path: string, body: unknown, headers = {}) =>
    fetch(`${pitchbeat.url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: pitchbeat.url, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const cookie = { Cookie: owner.cookie }
  const account = { name: 'Tom', email: EMAIL, password: PASSWORD }
  const statuses = []
  for (const [path, body, headers] of [
    ['sign-in/email', { email: EMAIL, password: 'wrong' }],
    ['sign-in/email', { email: 'nobody@example.com', password: 'wrong' }],
    ['sign-in/email', { email: 'not an address', password: 1 }],
    ['sign-in/email', '{'],
    ['sign-up/email', { ...account, invitation: code }],
    ['sign-up/email', account],
    ['change-password', { currentPassword: 'wrong', newPassword: 'another-long-one' }, cookie],
    ['change-password', { currentPassword: PASSWORD, newPassword: 'x' }, cookie],
    ['change-password', {}],
    ['request-password-reset', { email: EMAIL }],
    ['request-password-reset', { email: 'nobody@example.com' }],
    ['reset-password', { newPassword: 'another-long-one', token: 'none' }],
    ['delete-user', { password: 'wrong' }, cookie],
    ['revoke-sessions', {}],
    ['sign-out', {}, { Cookie: `${owner.cookie.replace(/=.*/, '=forged')}` }],
  ] as const)
    statuses.push((await ask(path, body, headers)).status)
  expect(statuses.filter(status => status >= 500)).toEqual([])
  await pitchbeat.terminate()
  const plain = /^(studio: http\S+|set-up code: [A-Z2-9-]{14})$/
  expect(pitchbeat.stdout.filter(line => !plain.test(line))).toEqual([])
  const notOurs = pitchbeat.stderr.filter(line => {
    try {
      const { level, time, msg } = JSON.parse(line)
      return !(typeof level === 'number' && typeof time === 'number' && typeof msg === 'string')
    } catch {
      return true
    }
  })
  expect(notOurs).toEqual([])
  expect(pitchbeat.stderr.join()).not.toContain(PASSWORD)
})
