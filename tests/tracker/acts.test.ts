import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTracker } from '../../src/tracker/build.ts'
import { Lab } from './lab.ts'

let lab: Lab

beforeAll(async () => {
  lab = await Lab.open((await buildTracker()).script)
})
afterAll(() => lab.close())

/** What a reader without a past, who does this and leaves, makes the page say of the acts. */
async function acts(path: string, act: (page: Page) => Promise<unknown>) {
  const reader = await lab.browser.createBrowserContext()
  const page = await reader.newPage()
  await page.goto(lab.collector.origin + path, { waitUntil: 'load' })
  await page.bringToFront()
  await page.waitForFunction(() => document.hasFocus(), { polling: 20 })
  lab.forget()
  await act(page)
  await lab.heard(() => page.goto(`${lab.collector.origin}/elsewhere`))
  await reader.close()
  expect(lab.collector.invalid).toEqual([])
  return [...lab.collector.events.values()].map(({ type, label, target }) => ({
    type,
    label,
    target: target?.replace(/https?:\/\/[^/]+/, ''),
  }))
}

/** Clicks that would leave the page are held back after everybody saw them. */
const stay = (one: Page) =>
  one.evaluate(() =>
    addEventListener('click', event => (event.target as Element).closest('a') && event.preventDefault()),
  )

describe('one click, one event', () => {
  it('tells a forward link by the element around what was clicked', async () => {
    expect(await acts('/p/demo', one => stay(one).then(() => one.click('#nested')))).toEqual([
      { type: 'forward_navigation', label: 'Case studies', target: '/p/demo/case-studies' },
    ])
  })

  it('says nothing of a backward link, a plain button, or a link to the same page', async () => {
    expect(
      await acts('/p/demo/case-studies', async one => {
        await stay(one)
        for (const id of ['#summary', '#plain', '#next']) await one.click(id)
      }),
    ).toEqual([])
  })

  it('tells an external link, whether clicked, opened by the keyboard, the middle button or in a new tab', async () => {
    const told = await acts('/p/demo', async one => {
      await stay(one)
      await one.click('#external')
      await one.focus('#external')
      await one.keyboard.press('Enter')
      await one.click('#external', { button: 'middle' })
      await one.click('#blank')
    })
    expect(told.map(({ type, label }) => `${type}: ${label}`)).toEqual([
      'external_link: The live product',
      'external_link: The live product',
      'external_link: The live product',
      'external_link: New tab',
    ])
  })

  it('says nothing when the right button opens a menu', async () => {
    expect(await acts('/p/demo', one => one.click('#external', { button: 'right' }))).toEqual([])
  })

  it('tells calls to action, and letters and calls', async () => {
    expect(
      await acts('/p/demo', async one => {
        await stay(one)
        await one.click('#cta')
        await one.click('#mail')
      }),
    ).toEqual([
      { type: 'cta_click', label: 'Book a call', target: undefined },
      { type: 'cta_click', label: 'Write', target: 'mailto:a@example.com' },
    ])
  })

  it('sees a click that the page stops', async () => {
    const told = await acts('/p/demo', async one => {
      await one.evaluate(() =>
        document.querySelector('#cta')!.addEventListener('click', event => event.stopImmediatePropagation()),
      )
      await one.click('#cta')
    })
    expect(told).toHaveLength(1)
  })

  it('gives an event the name an embedding site chose', async () => {
    expect(await acts('/site', one => one.click('#named'))).toEqual([
      { type: 'cta_click', label: 'brochure', target: undefined },
    ])
  })
})

describe('leads of embedding sites', () => {
  it('are told when the form is really sent, without a word of what was typed', async () => {
    const told = await acts('/site', async one => {
      await one.type('input', 'secret@example.com')
      await one.click('#send')
      await one.waitForNavigation().catch(() => {})
    })
    expect(told).toEqual([{ type: 'lead_submit', label: 'Send it', target: undefined }])
    expect(JSON.stringify(lab.collector.batches)).not.toContain('secret')
  })

  it('are not told when a listener holds the form back', async () => {
    const told = await acts('/site', async one => {
      await one.evaluate(() =>
        document.querySelector('form')!.addEventListener('submit', event => event.preventDefault()),
      )
      await one.click('#send')
    })
    expect(told).toEqual([])
  })
})

describe('views', () => {
  it('are opened anew when an embedding site changes its path', async () => {
    await acts('/site', async one => {
      await one.evaluate(() => history.pushState(null, '', '/site/prices'))
      await new Promise(done => setTimeout(done, 1_500))
    })
    expect([...lab.collector.views.values()].map(view => view.page)).toEqual(['/site', '/site/prices'])
  })

  it('say how far down was shown, and for how long which part', async () => {
    await acts('/p/demo', async one => {
      await one.evaluate(() => document.querySelector('[data-pb-part=second]')!.scrollIntoView())
      await new Promise(done => setTimeout(done, 3_200))
    })
    const view = [...lab.collector.views.values()][0]!
    expect(view.scroll).toBe(100)
    expect(view.parts.second).toBeGreaterThan(1_500)
    expect(view.parts.second).toBeLessThanOrEqual(view.active_ms)
  })
})
