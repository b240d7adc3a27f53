import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { renderPages } from '../../src/markdown/render_pages.ts'
import { packageRoot } from '../../src/store/read_sql.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { smallTargets } from '../servers/touch_targets.ts'
import { longPages } from './sample.ts'
import { live, OWNER, site } from './site.ts'

const axe = readFileSync(join(packageRoot, 'node_modules/axe-core/axe.min.js'), 'utf8')
const PAGES = {
  summary: '/p/acme',
  'case studies': '/p/acme/case-studies',
  contact: '/p/acme/contact',
  'long summary': '/p/long',
  'long case studies': '/p/long/case-studies',
  'long contact': '/p/long/contact',
  sent: '/p/acme/contact?sent',
  privacy: '/p/acme/privacy',
  gone: '/p/off',
  'not found': '/p/nobody',
  preview: `/api/campaigns/${live.campaign_id}/preview/contact`,
}

let chromium: Chromium
let server: Server
let origin: string
const long = { ...live, published: { pages: longPages, html: await renderPages(longPages) } }
const pages = site({ links: { acme: live, long, off: { ...live, state: 'off' } } })

beforeAll(async () => {
  chromium = await startChromium()
  server = serve({ fetch: pages.app.fetch, hostname: '127.0.0.1', port: 0 }) as Server
  await vi.waitFor(() => expect(server.listening).toBe(true))
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  pages.state.login = OWNER
})
afterAll(async () => {
  await chromium.stop()
  server.close()
  server.closeAllConnections()
})

/** axe in a world of its own: the page's policy rightly lets no script of ours into the page. */
async function violations(page: Page): Promise<string[]> {
  const client = await page.createCDPSession()
  const { frameTree } = await client.send('Page.getFrameTree')
  const { executionContextId } = await client.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  })
  const run = (expression: string) =>
    client.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    })
  await run(axe)
  const { result } = await run(
    `axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' ')))`,
  )
  return result.value
}

describe.each([
  ['a phone in the light', { width: 360, height: 740, isMobile: true, hasTouch: true }, 'light'],
  ['a desk in the dark', { width: 1280, height: 800 }, 'dark'],
] as const)('on %s', (_, viewport, scheme) => {
  test.each(Object.entries(PAGES))(
    'the %s page has no violation, no blocked part, no small target, nothing that sticks out',
    async (_, path) => {
      const page = await chromium.browser.newPage()
      const complaints: string[] = []
      page.on('console', message => {
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
          complaints.push(message.text())
      })
      page.on('pageerror', error => complaints.push(String(error)))
      await page.setViewport(viewport)
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await page.goto(origin + path, { waitUntil: 'load' })
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      expect(await smallTargets(page)).toEqual([])
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
      await page.close()
    },
  )
})

test('code that is wider than a phone scrolls in its own box, by keyboard', async () => {
  const page = await chromium.browser.newPage()
  await page.setViewport({ width: 360, height: 740 })
  await page.goto(`${origin}/p/long/case-studies`)
  const scrolled = () => page.$eval('pre', one => one.scrollLeft)
  const focused = () => page.evaluate(() => document.activeElement!.tagName)
  for (let step = 0; step < 30 && (await focused()) !== 'PRE'; step++) await page.keyboard.press('Tab')
  expect(await focused()).toBe('PRE')
  expect(await page.$eval('pre', one => one.ariaLabel)).toBe('Code')
  await page.keyboard.press('ArrowRight')
  await vi.waitFor(async () => expect(await scrolled()).toBeGreaterThan(0))
  await page.close()
})

describe('with JavaScript switched off', () => {
  async function scriptless(path: string) {
    const page = await chromium.browser.newPage()
    await page.setJavaScriptEnabled(false)
    await page.goto(origin + path)
    return page
  }

  test('a reader walks through the pages and writes', async () => {
    const page = await scriptless('/p/acme')
    await Promise.all([page.waitForNavigation(), page.click('nav .next')])
    await Promise.all([page.waitForNavigation(), page.click('nav .next')])
    await page.type('#name', 'Jonas Brandt')
    await page.type('#email', 'j.brandt@halden')
    await page.type('#message', 'Hello Ines')
    const press = () => Promise.all([page.waitForNavigation(), page.click('form.row button')])
    await press()
    expect(await page.content()).toContain('the e-mail address is incomplete')
    await page.focus('#email')
    await page.keyboard.press('End')
    await page.keyboard.type('.example')
    await press()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/p/acme/contact?sent')
    expect(pages.state.leads).toMatchObject([
      { name: 'Jonas Brandt', email: 'j.brandt@halden.example', message: 'Hello Ines' },
    ])
    await page.close()
  })

  test('a reader asks not to be counted, and to be counted again', async () => {
    const page = await scriptless('/p/acme/case-studies')
    const press = () => Promise.all([page.waitForNavigation(), page.click('.foot button')])
    await press()
    expect(new URL(page.url()).pathname).toBe('/p/acme/case-studies')
    expect(await page.content()).toContain('You are not counted here.')
    expect((await chromium.browser.cookies()).map(({ name, path }) => [name, path])).toEqual([
      ['pb_out', '/p'],
    ])
    await press()
    expect(await page.content()).toContain('The sender sees that this was opened and for how long.')
    expect(await chromium.browser.cookies()).toEqual([])
    await page.close()
  })
})
