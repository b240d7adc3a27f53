import { expect } from 'vitest'
import { until, wait } from './lab.ts'
import type { Scenario } from './scenario.ts'

/** What can go wrong between the browser and us. */
export const network: Scenario[] = [
  {
    name: 'renderer killed (−9)',
    short: true,
    bar: 1_000,
    events: 1,
    async run(lab) {
      const page = await lab.visit()
      await wait(2_500)
      await page.click('#cta')
      await wait(2_000)
      await lab.heard(() => lab.killRenderers())
    },
  },
  {
    name: 'browser quit',
    firefox: true,
    events: 1,
    async run(lab) {
      const page = await lab.visit()
      await wait(1_500)
      await page.click('#cta')
      await wait(2_000)
      await lab.heard(() => lab.truth.ends(() => lab.browser.close()))
    },
  },
  {
    name: 'browser killed (−9) at 40 s',
    mayLose: 30_000,
    events: 1,
    async run(lab) {
      const page = await lab.visit()
      await wait(2_000)
      await page.click('#cta')
      await wait(38_000)
      await lab.heard(() => lab.killBrowser())
    },
  },
  {
    name: 'server down for the first 20 s, with 5 clicks',
    events: 5,
    async run(lab) {
      lab.collector.treat = () => 'drop'
      const page = await lab.visit()
      const started = performance.now()
      await lab.collector.vanish()
      for (let i = 0; i < 5; i++) {
        await wait(1_500)
        await page.click('#cta')
      }
      await wait(20_000 - (performance.now() - started))
      lab.collector.treat = () => 'ok'
      await lab.collector.comeBack()
      await until('the clicks arrived', () => lab.collector.events.size === 5, 60_000)
      await lab.closeTab(page)
    },
  },
  {
    name: 'server down at the goodbye, the next page brings it',
    firefox: true,
    short: true,
    events: 3,
    async run(lab) {
      const page = await lab.visit()
      await wait(1_500)
      await page.click('#cta')
      await page.click('#cta')
      lab.collector.treat = () => ({ status: 503 })
      await lab.follow(page, () => page.click('#next'), '/case-studies')
      await wait(500)
      lab.collector.treat = () => 'ok'
      await wait(1_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'acknowledgement lost three times',
    events: 2,
    async run(lab) {
      lab.collector.treat = (kind, count) => (kind === 'beat' && count <= 3 ? 'lost' : 'ok')
      const page = await lab.visit()
      await page.click('#cta')
      await wait(11_000)
      await page.click('#cta')
      await until('it was said four times', () => lab.collector.batches.length >= 4, 90_000)
      await lab.closeTab(page)
    },
  },
  {
    name: 'answers 500, 503 and 429, then 204',
    events: 1,
    async run(lab) {
      const bad = [500, 503, 429]
      lab.collector.treat = (kind, count) =>
        kind === 'beat' && bad[count - 1] ? { status: bad[count - 1]! } : 'ok'
      const page = await lab.visit()
      await page.click('#cta')
      await until('it was taken', () => lab.collector.batches.length > 0, 90_000)
      await lab.closeTab(page)
    },
  },
  {
    name: '429 with Retry-After',
    short: true,
    events: 1,
    async run(lab) {
      lab.collector.treat = (kind, count) =>
        kind === 'beat' && count === 1 ? { status: 429, retryAfterS: 9 } : 'ok'
      const page = await lab.visit()
      await page.click('#cta')
      const beats = () => lab.collector.received.filter(one => one.path === 'beat')
      await until('a beat was refused and said again', () => beats().length > 1, 60_000)
      expect(beats()[1]!.at - beats()[0]!.at, 'no sooner than asked').toBeGreaterThanOrEqual(9_000)
      await lab.closeTab(page)
    },
  },
  {
    name: 'the API hangs',
    events: 1,
    async run(lab) {
      lab.collector.treat = (kind, count) => (kind === 'sessions' || count < 2 ? 'hang' : 'ok')
      const page = await lab.visit()
      await page.click('#cta')
      await until('it was said again', () => lab.collector.batches.length > 0, 90_000)
      await lab.closeTab(page)
    },
  },
  {
    name: '/sessions failing for ever',
    short: true,
    events: 1,
    async run(lab) {
      lab.collector.treat = kind => (kind === 'sessions' ? { status: 500 } : 'ok')
      const page = await lab.visit()
      await wait(1_000)
      await page.click('#cta')
      await lab.follow(page, () => page.goto(`${lab.collector.origin}/p/demo/case-studies`), '/case-studies')
      await wait(1_500)
      await lab.closeTab(page)
    },
  },
]
