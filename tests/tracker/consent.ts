import { expect } from 'vitest'
import { wait } from './lab.ts'
import type { Scenario } from './scenario.ts'

/** The session: its window, and readers or browsers that want nothing kept. */
export const consent: Scenario[] = [
  {
    name: 'Global Privacy Control: each page is a session of its own, nothing is kept',
    short: true,
    sessions: 2,
    events: 1,
    async run(lab) {
      const page = await lab.visit('/p/demo', one =>
        one.evaluateOnNewDocument(() => {
          Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })
        }),
      )
      await wait(1_500)
      await lab.follow(page, () => page.click('#next'), '/case-studies')
      await wait(1_500)
      expect(
        await page.evaluate(() => [document.cookie, sessionStorage.length, localStorage.length]),
      ).toEqual(['', 0, 0])
      await lab.closeTab(page)
    },
  },
  {
    name: 'opted out: nothing is sent',
    short: true,
    sessions: 0,
    async run(lab) {
      await lab.browser.setCookie({
        name: 'pb_out',
        value: '1',
        domain: 'localhost',
        path: '/p',
      })
      const page = await lab.visit()
      await page.click('#cta')
      await wait(1_000)
      await lab.closeTab(page)
      lab.truth.forget()
      expect(lab.collector.received).toEqual([])
    },
  },
  {
    name: 'storage and cookies blocked by the browser',
    short: true,
    sessions: 2,
    events: 1,
    options: { preferences: { profile: { default_content_setting_values: { cookies: 2 } } } },
    async run(lab) {
      const page = await lab.visit()
      await wait(1_500)
      await lab.follow(page, () => page.click('#next'), '/case-studies')
      await wait(1_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'cookies do not stick: sessionStorage keeps the session',
    events: 1,
    async run(lab) {
      const page = await lab.visit('/p/demo', async one => {
        const session = await one.createCDPSession()
        await session.send('Emulation.setDocumentCookieDisabled', { disabled: true })
      })
      await wait(1_500)
      await lab.follow(page, () => page.click('#next'), '/case-studies')
      await wait(1_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'no Web Locks, no fetchLater, no AbortSignal.timeout',
    short: true,
    events: 1,
    async run(lab) {
      const page = await lab.visit('/p/demo', one =>
        one.evaluateOnNewDocument(() => {
          Object.defineProperty(navigator, 'locks', { value: undefined })
          Object.assign(window, { fetchLater: undefined })
          Object.assign(AbortSignal, { timeout: undefined })
        }),
      )
      await wait(1_500)
      await page.click('#cta')
      await lab.closeTab(page)
    },
  },
  {
    name: 'wall clock put forward by an hour, then back by two',
    short: true,
    events: 1,
    async run(lab) {
      const page = await lab.visit('/p/demo', one =>
        one.evaluateOnNewDocument(() => {
          const now = Date.now
          Object.assign(window, { shift: 0 })
          Date.now = () => now() + (window as unknown as { shift: number }).shift
        }),
      )
      await wait(1_500)
      await page.evaluate(() => Object.assign(window, { shift: 3_600_000 }))
      await wait(2_500)
      await page.click('#cta')
      await page.evaluate(() => Object.assign(window, { shift: -3_600_000 }))
      await wait(2_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'bfcache restore after the window',
    short: true,
    sessions: 2,
    options: { settings: { ms: 2_000, maxMs: 96_000 } },
    async run(lab) {
      const page = await lab.visit()
      await wait(2_500)
      await lab.truth.ends(() => page.goto(`${lab.collector.origin}/elsewhere`))
      await wait(4_000)
      await lab.truth.begins(() => page.goBack())
      expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1)
      await wait(1_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'sliding window passing while the page stays open but hidden',
    sessions: 2,
    options: { settings: { ms: 2_000, maxMs: 96_000 } },
    async run(lab) {
      const page = await lab.visit()
      await wait(4_000)
      await lab.tab()
      await wait(5_000)
      await lab.front(page)
      await wait(1_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'fixed window passing twice while the page is read',
    short: true,
    sessions: 3,
    options: { settings: { window: 'fixed', ms: 4_000, maxMs: 4_000 } },
    async run(lab) {
      const page = await lab.visit()
      await wait(10_000)
      await lab.closeTab(page)
    },
  },
]
