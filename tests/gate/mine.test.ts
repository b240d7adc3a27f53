import { expect, test } from 'vitest'
import { mineCookie, openMineCookie } from '../../src/gate/mine.ts'
import { secureCookies } from '../../src/gate/secure_cookies.ts'

const secret = 'a'.repeat(32)

test('the cookie names its owner, under the present and the previous secret', () => {
  const cookie = mineCookie('owner-1', secret)
  expect(openMineCookie(cookie, [secret])).toBe('owner-1')
  expect(openMineCookie(cookie, ['b'.repeat(32), secret])).toBe('owner-1')
})

test('a cookie for another owner cannot be made without the secret', () => {
  const [, seal] = mineCookie('owner-1', secret).split('.')
  const forged = `${Buffer.from('owner-2').toString('base64url')}.${seal}`
  const wide = `${Buffer.from('owner-1').toString('base64url')}.${'é'.repeat(43)}`
  for (const value of [forged, wide, mineCookie('owner-2', 'b'.repeat(32)), 'x', '.', 'a.b', '', undefined])
    expect(openMineCookie(value, [secret])).toBeNull()
})

test('cookies are Secure except on plain http that is not loopback', () => {
  const answers = ['https://a.example', 'http://localhost:4000', 'http://127.0.0.1:1', 'http://[::1]:1']
  expect(answers.map(secureCookies)).toEqual([true, true, true, true])
  expect(secureCookies('http://192.168.0.7:4000')).toBe(false)
})
