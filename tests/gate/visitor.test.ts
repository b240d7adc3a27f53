import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { UaClass } from '../../src/contract/words.ts'
import { visitor } from '../../src/gate/visitor.ts'

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1'
const IPAD =
  'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const OUTLOOK =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'

describe('what a user agent says of its visitor', () => {
  const table: [
    userAgent: string,
    kind: UaClass,
    device: string | null,
    browser: string | null,
    os: string | null,
  ][] = [
    [CHROME, 'person', 'desktop', 'Chrome', 'Linux'],
    [FIREFOX, 'person', 'desktop', 'Firefox', 'Windows'],
    [OUTLOOK, 'person', 'desktop', 'Microsoft Edge', 'Windows'],
    [IPHONE, 'person', 'phone', 'Safari', 'iOS'],
    [IPAD, 'person', 'tablet', 'Safari', 'iOS'],
  ]
  test.each(table)('%s', (userAgent, kind, device, browser, os) => {
    expect(visitor(userAgent, false)).toEqual({ class: kind, device, browser, os, hash: null })
  })

  test.each([
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.30.3183',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22D63 Instagram 369.0.0.24.84',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22D63 [FBAN/FBIOS;FBAV/500.0.0]',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.41.98 Chrome/130.0.0.0 Electron/33.0.0 Safari/537.36',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36',
  ])('a browser within an app is a person: %s', userAgent => {
    expect(visitor(userAgent, true).class).toBe('person')
  })

  test.each<[string | undefined, UaClass]>([
    [undefined, 'empty'],
    ['', 'empty'],
    ['   ', 'empty'],
    ['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'preview'],
    ['LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)', 'preview'],
    ['WhatsApp/2.23.20.0', 'preview'],
    ['facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 'preview'],
    ['Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)', 'preview'],
    ['TelegramBot (like TwitterBot)', 'preview'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'crawler'],
    ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'crawler'],
    ['GPTBot/1.1 (+https://openai.com/gptbot)', 'crawler'],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36',
      'crawler',
    ],
    ['curl/8.5.0', 'client'],
    ['python-requests/2.32.0', 'client'],
    ['Go-http-client/2.0', 'client'],
    ['node', 'client'],
  ])('%s is %s', (userAgent, kind) => {
    expect(visitor(userAgent, true).class).toBe(kind)
  })

  test('is kept as a hash, and as none where the reader asks not to be followed or there is nothing to hash', () => {
    expect(visitor(CHROME, true).hash).toBe(createHash('sha256').update(CHROME).digest('hex'))
    expect(visitor(CHROME, false).hash).toBeNull()
    expect(visitor('', true).hash).toBeNull()
  })

  test('browser and system come from closed lists, whatever a user agent calls itself', () => {
    const names = (userAgent: string) => {
      const { browser, os } = visitor(userAgent, true)
      return [browser, os]
    }
    expect(names('mara@ilves.example/1.0 (Halden; +43 660 123) token=abc')).toEqual(['other', null])
    expect(names('Secret-Browser 9 of Mara Ilves')).toEqual([null, null])
    expect(names(IPHONE)).toEqual(['Safari', 'iOS'])
  })

  test('may be of any length and any characters', () => {
    expect(visitor(`${CHROME} ${'x'.repeat(100_000)}`, true).class).toBe('person')
    expect(visitor('\uD800(((((', true).hash).toMatch(/^[0-9a-f]{64}$/)
  })
})
