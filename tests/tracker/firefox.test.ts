import { describe, expect, it } from 'vitest'
import { buildTracker } from '../../src/tracker/build.ts'
import { Lab, wait } from './lab.ts'

const { script } = await buildTracker()

/** What WebDriver BiDi lets a test do in Firefox ESR: it has no fetchLater, and reports the blur into a frame in its own way. */
async function read(run: (lab: Lab) => Promise<void>): Promise<Lab> {
  const lab = await Lab.open(script, { browser: 'firefox' })
  try {
    await run(lab)
    const { collector, truth } = lab
    expect(collector.invalid).toEqual([])
    expect(lab.errors).toEqual([])
    const off = truth.off(collector.credited)
    expect(Math.abs(off), `credited ${collector.credited} ms of ${truth.range}`).toBeLessThanOrEqual(300)
    return lab
  } finally {
    await lab.close()
  }
}

describe('in Firefox', () => {
  it('credits a reading that ends with the tab', async () => {
    const lab = await read(async one => {
      const page = await one.visit()
      await wait(2_000)
      await page.click('#cta')
      await wait(1_500)
      await one.closeTab(page)
    })
    expect(lab.collector.events.size).toBe(1)
    expect(lab.collector.sessions.size).toBe(1)
  })

  it('goes on counting after a click into a cross-origin frame', async () => {
    await read(async one => {
      const page = await one.visit()
      await wait(1_500)
      const frame = await page.$('iframe')
      await frame!.click()
      await wait(3_000)
      await one.closeTab(page)
    })
  })

  it('stops while another tab is in front, and goes on in the same view', async () => {
    const lab = await read(async one => {
      const page = await one.visit()
      await wait(2_000)
      await one.tab()
      await wait(2_000)
      await one.front(page)
      await wait(2_000)
      await one.closeTab(page)
    })
    expect(lab.collector.views.size).toBe(1)
  })

  it('keeps the session from page to page', async () => {
    const lab = await read(async one => {
      const page = await one.visit()
      await wait(1_500)
      await one.follow(page, () => page.click('#next'), '/case-studies')
      await wait(1_500)
      await one.closeTab(page)
    })
    expect(lab.collector.sessions.size).toBe(1)
    expect([...lab.collector.events.values()].map(one => one.type)).toEqual(['forward_navigation'])
  })
})
