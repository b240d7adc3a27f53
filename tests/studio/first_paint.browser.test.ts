import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type Owner, ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** What a studio screen asks for while it appears, and whether anything on it moves when a reader comes. */

let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let tab: Page
let link: { url: string }
const complaints: string[] = []

beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true })
  chromium = await startChromium()
  owner = await ownerOf(pitchbeat)
  const campaign = await owner.campaign()
  await owner.campaign({ title: 'A second campaign' })
  link = (await owner.links(campaign.id, ['Acme, recruiter', 'Bolt & Barrow']))[0]!
  tab = await chromium.browser.newPage()
  await owner.logIn(tab)
  tab.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

const settled = () =>
  until('the screen is there', () =>
    tab.evaluate(
      () => document.querySelector('h1') !== null && !document.querySelector('[role=status][aria-label]'),
    ),
  )

/** Clicks through a link of the bar or the screen. */
async function click(words: string, within = 'main') {
  const found = tab.locator(
    `::-p-xpath(//${within}//*[self::a or self::button][contains(., ${JSON.stringify(words)})])`,
  )
  await found.click()
  await settled()
}

/** The screens, each by the clicks that lead there from the list. */
const SCREENS: [name: string, clicks: [words: string, within?: string][]][] = [
  ['campaigns', []],
  ['performance', [['Acme, senior']]],
  ['sessions', [['Acme, senior'], ['Sessions']]],
  ['links', [['Acme, senior'], ['Links']]],
  ['leads of a campaign', [['Acme, senior'], ['Leads']]],
  ['editor', [['Acme, senior'], ['Edit']]],
  ['history', [['Acme, senior'], ['Pages', 'main'], ['History']]],
  ['new campaign', [['New campaign']]],
  ['all leads', [['Leads', 'header']]],
  ['settings', [['Settings', 'header']]],
]

async function open(clicks: [words: string, within?: string][]) {
  await click('Campaigns', 'header')
  for (const [words, within] of clicks) await click(words, within)
}

describe('a screen that is opened by its address', () => {
  it.each(SCREENS)('%s asks for nothing twice', async (_name, clicks) => {
    await open(clicks)
    const asked: string[] = []
    const note = (request: { url(): string }) => {
      const { pathname, search } = new URL(request.url())
      if (pathname.startsWith('/api/') && pathname !== '/api/live') asked.push(pathname + search)
    }
    tab.on('request', note)
    await tab.reload()
    await settled()
    // the second look for readers: whatever the first answers set off has been asked by then
    for (let looks = 0; looks < 2; looks++)
      await tab.waitForResponse(answer => answer.url().endsWith('/api/live'))
    tab.off('request', note)
    expect(asked).toEqual([...new Set(asked)])
    expect(complaints).toEqual([])
  })
})

describe('a reader who comes while a screen is open', () => {
  /** Somebody opens the link and reads; resolves when the server says so. */
  async function come() {
    const { ticket } = await (await fetch(`${link.url}/ticket`)).json()
    const [session, view] = [uuidv7(), uuidv7()]
    const tell = async (state: string, active_ms: number) => {
      const views = [{ id: view, page: 'case_studies', active_ms, scroll: 40, parts: {} }]
      const told = { state, input: true, automated: false, views, events: [] }
      await fetch(`${link.url}/beat`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain', 'User-Agent': chromium.userAgent },
        body: JSON.stringify({ v: 1, ticket, session, ...told }),
      })
    }
    await tell('reading', 3_000)
    const reading = (people: number) =>
      until(`${people} read`, async () => {
        const { items } = await owner.api<{ items: unknown[] }>('GET', '/api/live')
        return items.length === people
      })
    await reading(1)
    return async () => {
      await tell('left', 3_100)
      await reading(0)
    }
  }

  it.each(SCREENS)('moves nothing on %s', async (_name, clicks) => {
    await open(clicks)
    await tab.evaluate(() => {
      Object.assign(window, { moved: 0 })
      new PerformanceObserver(list => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
          (window as unknown as { moved: number }).moved += entry.value
      }).observe({ type: 'layout-shift' })
    })
    const leave = await come()
    await until('the studio has seen the reader', () =>
      tab.evaluate(() => /reading now|Reading now/.test(document.body.textContent)),
    )
    await leave()
    await until('the studio has seen the reader leave', () =>
      tab.evaluate(() => !/reading now|Reading now/.test(document.body.textContent)),
    )
    const moved = await tab.evaluate(() => (window as unknown as { moved: number }).moved)
    expect(moved).toBeLessThanOrEqual(0.02)
  })
})
