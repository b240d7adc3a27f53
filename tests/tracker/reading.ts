import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { until, wait } from './lab.ts'
import type { Scenario } from './scenario.ts'
import { epoch } from './truth.ts'

/** What a reader does in the ordinary course of a visit. */
export const reading: Scenario[] = [
  {
    name: 'close the tab',
    firefox: true,
    short: true,
    async run(lab) {
      const page = await lab.visit()
      await wait(3_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'navigate away and come back by Back',
    short: true,
    async run(lab) {
      const page = await lab.visit()
      await wait(2_500)
      await lab.truth.ends(() => page.goto(`${lab.collector.origin}/elsewhere`))
      await wait(2_000)
      await lab.truth.begins(() => page.goBack())
      await wait(2_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'switch tab and return',
    firefox: true,
    short: true,
    async run(lab) {
      const page = await lab.visit()
      await wait(2_500)
      await lab.tab()
      await wait(2_500)
      await lab.front(page)
      await wait(2_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'click into another window',
    short: true,
    async run(lab) {
      const page = await lab.visit()
      await wait(2_500)
      await lab.window()
      await wait(2_500)
      await lab.front(page)
      await wait(2_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'click into a cross-origin frame',
    firefox: true,
    short: true,
    async run(lab) {
      const page = await lab.visit()
      await wait(1_500)
      const frame = await page.$('iframe')
      const box = (await frame!.boundingBox())!
      await page.mouse.click(box.x + 20, box.y + 20)
      await wait(3_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'five clicks on the call to action, a forward link, the next page',
    firefox: true,
    short: true,
    events: 6,
    async run(lab) {
      const page = await lab.visit()
      for (let i = 0; i < 5; i++) {
        await wait(300)
        await page.click('#cta')
      }
      await lab.follow(page, () => page.click('#nested'), '/case-studies')
      await wait(2_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'two tabs of one link in turn',
    async run(lab) {
      const first = await lab.visit()
      await wait(2_000)
      const second = await lab.tab('/elsewhere')
      await lab.truth.begins(() => second.goto(`${lab.collector.origin}/p/demo/case-studies`))
      await wait(2_000)
      await lab.turn(first)
      await wait(2_000)
      await lab.closeTab(first)
      await lab.front(second)
      await wait(1_500)
      await lab.closeTab(second)
    },
  },
  {
    name: 'two windows of one link at once',
    async run(lab) {
      const first = await lab.visit()
      await wait(2_000)
      const second = await lab.window('/elsewhere')
      await lab.truth.begins(() => second.goto(`${lab.collector.origin}/p/demo/case-studies`))
      await wait(2_000)
      await lab.turn(first)
      await wait(2_000)
      await lab.closeTab(first)
      await lab.front(second)
      await wait(1_000)
      await lab.closeTab(second)
    },
  },
  {
    name: 'five tabs opened at once',
    short: true,
    async run(lab) {
      await lab.visit('/elsewhere')
      lab.forget()
      const tabs = await Promise.all(Array.from({ length: 5 }, () => lab.background('/p/demo/case-studies')))
      await lab.front(tabs[0]!)
      for (const tab of tabs) {
        if (tab !== tabs[0]) await lab.turn(tab)
        await wait(900)
      }
      for (const tab of tabs.slice(0, -1)) await tab.close()
      await lab.closeTab(tabs.at(-1)!)
    },
  },
  {
    name: 'five windows opened at once make one session',
    short: true,
    async run(lab) {
      await lab.visit('/elsewhere')
      const windows: Page[] = []
      for (let i = 0; i < 5; i++) windows.push(await lab.window())
      for (const page of windows)
        await page.evaluateOnNewDocument(() => {
          // whoever makes an id takes long over it, so that without a lock all would make their own
          const address = URL.createObjectURL
          URL.createObjectURL = blob => {
            for (const end = performance.now() + 400; performance.now() < end; );
            return address.call(URL, blob)
          }
        })
      lab.forget()
      // the one that was opened last has the focus
      await lab.truth.begins(() =>
        Promise.all(windows.map(page => page.goto(`${lab.collector.origin}/p/demo/case-studies`))),
      )
      await until('a session', () => lab.collector.sessions.size > 0)
      await wait(2_500)
      for (const page of windows.slice(0, -1)) await page.close()
      await lab.closeTab(windows.at(-1)!)
    },
  },
  {
    name: 'idle for longer than the limit, then input',
    firefox: true,
    short: true,
    options: { settings: { idleMs: 2_500 } },
    async run(lab) {
      const page = await lab.visit()
      await wait(1_000)
      const before = epoch()
      await page.mouse.move(300, 300)
      const after = epoch()
      await wait(5_000)
      const again = epoch()
      await page.mouse.move(310, 320)
      lab.truth.subtract(again - after - 2_500, epoch() - before - 2_500)
      await wait(1_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'the computer sleeps',
    short: true,
    // the moments since the last look, as nothing tells that the sleep began
    mayLose: 1_000,
    async run(lab) {
      const page = await lab.visit()
      await wait(2_000)
      await lab.sleep(8_000)
      await wait(2_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'opened in a background tab, shown later',
    short: true,
    async run(lab) {
      await lab.visit('/elsewhere')
      lab.forget()
      const page = await lab.background('/p/demo')
      await wait(2_500)
      await lab.front(page)
      await wait(2_500)
      await lab.closeTab(page)
    },
  },
  {
    name: 'frozen in the background, thawed and shown again',
    short: true,
    async run(lab) {
      const page = await lab.visit()
      const session = await page.createCDPSession()
      await wait(2_000)
      await lab.tab()
      await session.send('Page.setWebLifecycleState', { state: 'frozen' })
      await wait(3_000)
      await session.send('Page.setWebLifecycleState', { state: 'active' })
      await lab.front(page)
      await wait(2_000)
      await lab.closeTab(page)
    },
  },
  {
    name: 'prerendered, then opened',
    short: true,
    options: {
      settings: {
        head: `<script type="speculationrules">{"prerender":[{"source":"list","urls":["/p/demo/case-studies"],"eagerness":"immediate"}]}</script>`,
      },
    },
    async run(lab) {
      const page = await lab.visit('/elsewhere')
      await wait(2_500)
      expect(lab.collector.received, 'nothing is said before it is shown').toEqual([])
      lab.forget()
      expect(lab.collector.prerendered, 'it was prerendered').toBe(true)
      const early = epoch()
      // the prerendered page takes the place of this one, and of its connection to the test: the rest is seen from outside
      await page.evaluate(() => location.assign('/p/demo/case-studies')).catch(() => {})
      await until('it is there', () => lab.collector.received.length > 0).catch(() => {})
      lab.truth.begin(early, Math.min(epoch(), early + 2_000))
      await wait(3_000)
      await lab.heard(() => lab.truth.ends(() => lab.browser.close()))
    },
  },
]
