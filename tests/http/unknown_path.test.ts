import { expect, it } from 'vitest'
import { appAlone } from './app_of.ts'

/** An address that is none: a person who opened it reads a page, a program gets JSON. */

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const PATHS = [
  '/nothing/here',
  '/api/nothing',
  '/p',
  '/p/',
  '/p/some-link/case-stu',
  '/studio/assets/gone.js',
]

const app = appAlone()
const ask = async (path: string, accept?: string) => {
  const answer = await app.request(path, accept ? { headers: { Accept: accept } } : {})
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

it.each(PATHS)('%s shows people a page', async path => {
  const { status, headers, text } = await ask(path, BROWSER)
  expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
  expect(text).toContain('There is no page at this address')
  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('vary')).toContain('Accept')
})

it.each(PATHS)('%s answers programs in JSON', async path => {
  for (const accept of [undefined, '*/*', 'application/json', 'application/json, text/html;q=0.5']) {
    const { status, headers, text } = await ask(path, accept)
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(JSON.parse(text)).toMatchObject({ type: '/problems/not_found', status: 404 })
  }
})

it('speaks of the message that a link came in only to readers of a link', async () => {
  expect((await ask('/p/some-link/case-stu', BROWSER)).text).toContain('the message it came in')
  expect((await ask('/nothing', BROWSER)).text).not.toContain('the message it came in')
  expect((await ask('/nothing', BROWSER)).text).toContain('/studio')
})
