import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTracker } from '../../src/tracker/build.ts'
import { Lab, wait } from './lab.ts'

const { script } = await buildTracker()

describe('never in the way', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await Lab.open(script)
  })
  afterAll(() => lab.close())

  it('leaves the page to the back/forward cache, registers nothing that could hold it up', async () => {
    const page = await lab.visit('/p/demo', one =>
      one.evaluateOnNewDocument(() => {
        const kept: [string, unknown][] = []
        Object.assign(window, { kept })
        const add = EventTarget.prototype.addEventListener
        EventTarget.prototype.addEventListener = function (type, listener, options) {
          kept.push([type, options])
          add.call(this, type, listener, options)
        }
      }),
    )
    const kept = await page.evaluate(
      () => (window as unknown as { kept: [string, { passive?: boolean }][] }).kept,
    )
    expect(kept.length).toBeGreaterThan(5)
    for (const [type, options] of kept) {
      expect(type).not.toMatch(/unload/)
      expect(options?.passive).toBe(true)
    }
    await page.evaluate(() => Object.assign(window, { same: true }))
    await page.goto(`${lab.collector.origin}/elsewhere`)
    await page.goBack()
    expect(await page.evaluate(() => 'same' in window)).toBe(true)
  })

  it('shows no error under a policy that forbids connections, and blocks no link', async () => {
    const hostile = await Lab.open(script, {
      settings: {
        head: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'unsafe-inline'">`,
      },
    })
    try {
      const page = await hostile.visit()
      await page.click('#cta')
      await wait(1_200)
      await page.click('#next')
      await page.waitForFunction(() => location.pathname.endsWith('/case-studies'), { polling: 50 })
      expect(hostile.errors).toEqual([])
      expect(hostile.collector.received).toEqual([])
    } finally {
      await hostile.close()
    }
  })

  it('does nothing before the load event, and starts although the API is gone', async () => {
    const early = await lab.browser.newPage()
    lab.collector.treat = () => 'hang'
    await early.evaluateOnNewDocument(() => {
      addEventListener('DOMContentLoaded', () =>
        Object.assign(window, {
          before: [document.cookie, sessionStorage.length, performance.getEntriesByType('resource').length],
        }),
      )
    })
    await early.goto(`${lab.collector.origin}/p/demo`, { waitUntil: 'load' })
    await early.bringToFront()
    await early.click('#next')
    await early.waitForFunction(() => location.pathname.endsWith('/case-studies'), { polling: 50 })
    expect(lab.errors).toEqual([])
    await early.close()
  })
})

describe('on a phone: touch, a quarter of the processor, slow 4G', () => {
  it('starts after the content is painted, and its goodbye arrives', async () => {
    const lab = await Lab.open(script)
    try {
      const page = await lab.visit('/p/demo', async one => {
        await one.emulate({
          viewport: { width: 390, height: 844, deviceScaleFactor: 3, isMobile: true, hasTouch: true },
          userAgent: await lab.browser.userAgent(),
        })
        await one.emulateCPUThrottling(4)
        // Lighthouse's slow 4G
        await one.emulateNetworkConditions({ download: 180_000, upload: 84_375, latency: 150 })
      })
      // Both entries are written a little after what they tell of.
      await page.waitForFunction(
        () =>
          performance.getEntriesByName('first-contentful-paint').length > 0 &&
          performance.getEntriesByType('resource').some(one => one.name.endsWith('/sessions')),
        { polling: 50 },
      )
      const painted = await page.evaluate(
        () => performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
      )
      const began = await page.evaluate(
        () =>
          performance.timeOrigin +
          performance.getEntriesByType('resource').find(one => one.name.endsWith('/sessions'))!.startTime,
      )
      expect(began).toBeGreaterThan(painted)
      await page.tap('#cta')
      await wait(2_000)
      await lab.closeTab(page)
      expect(lab.collector.events.size).toBe(1)
      expect(Math.abs(lab.truth.off(lab.collector.credited)), lab.truth.range).toBeLessThanOrEqual(300)
    } finally {
      await lab.close()
    }
  })
})
