import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { smallTargets } from '../servers/touch_targets.ts'
import { ACME, DRAFT, LUMEN } from './sample/campaigns.ts'
import { type SampleServer, startSampleServer } from './sample/server.ts'
import { TOLD } from './sample/sessions.ts'

/** Every screen of the built studio under its content security policy, with a sample of answers. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let sample: SampleServer
let chromium: Chromium
let tab: Page
const complaints: string[] = []

beforeAll(async () => {
  sample = await startSampleServer()
  chromium = await startChromium()
  tab = await chromium.browser.newPage()
  tab.on('pageerror', error => complaints.push(String(error)))
  tab.on('console', message => {
    // A refusal by the sample is expected; what the policy stops is not.
    if (message.type() === 'error' && !/status of (404|412|503)/.test(message.text()))
      complaints.push(message.text())
  })
})
afterAll(async () => {
  await chromium?.stop()
  sample?.close()
})

const SCREENS: Array<{ name: string; path: string; mode?: SampleServer['mode']; shows: RegExp }> = [
  { name: 'the campaigns', path: '', shows: /Northwind, checkout redesign/ },
  { name: 'no campaign', path: '', mode: 'nothing', shows: /No campaign yet/ },
  { name: 'an error', path: '', mode: 'failing', shows: /not available right now/ },
  { name: 'a new campaign', path: 'campaigns/new', shows: /Start writing/ },
  { name: 'performance', path: `campaigns/${ACME}`, shows: /Three quarters of the reading/ },
  {
    name: 'performance before the first reader',
    path: `campaigns/${LUMEN}`,
    shows: /Nobody has opened this/,
  },
  { name: 'performance of a draft', path: `campaigns/${DRAFT}`, shows: /Not public yet/ },
  { name: 'sessions', path: `campaigns/${ACME}/sessions`, shows: /Opened without a session/ },
  { name: 'a session', path: `campaigns/${ACME}/sessions/${TOLD}`, shows: /Counted as a person/ },
  { name: 'links', path: `campaigns/${ACME}/links`, shows: /Make links/ },
  { name: 'leads of a campaign', path: `campaigns/${ACME}/leads`, shows: /Jonna Berg/ },
  { name: 'how it is counted', path: `campaigns/${ACME}/counting`, shows: /Asked not to be followed/ },
  { name: 'the summary being written', path: `campaigns/${ACME}/pages`, shows: /2 changes are not public/ },
  {
    name: 'case studies being written',
    path: `campaigns/${ACME}/pages?page=case_studies`,
    shows: /Add a case study/,
  },
  { name: 'contact being written', path: `campaigns/${ACME}/pages?page=contact`, shows: /With a form/ },
  { name: 'the history', path: `campaigns/${ACME}/history`, shows: /What differs from what readers see/ },
  { name: 'all leads', path: 'leads', shows: /Waiting for you/ },
  { name: 'settings', path: 'settings', shows: /API tokens/ },
  { name: 'nothing at this address', path: 'nowhere', shows: /There is nothing here/ },
  { name: 'set-up', path: '', mode: 'no owner', shows: /Set up Pitchbeat/ },
  { name: 'login', path: '', mode: 'logged out', shows: /See who read/ },
]

async function open(screen: (typeof SCREENS)[number], width: number) {
  sample.mode = screen.mode ?? 'full'
  await tab.setViewport({ width, height: 800 })
  await tab.goto(`${sample.url}/studio/${screen.path}`)
  await tab.waitForFunction(
    (source: string) => new RegExp(source).test(document.body.textContent),
    {},
    screen.shows.source,
  )
  await tab.waitForFunction(() => !document.querySelector('[role=status][aria-label]'))
}

async function violations(): Promise<string[]> {
  await tab.evaluate(axe)
  return tab.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe comes from the evaluated text
    const { violations } = await (globalThis as any).axe.run(
      // The guards around an open menu hand the focus on and are never stayed on.
      { exclude: [['[data-base-ui-focus-guard]']] },
      { iframes: false },
    )
    return violations.map((one: { id: string; nodes: Array<{ html: string }> }) =>
      [one.id, ...one.nodes.map(node => node.html)].join('\n  '),
    )
  })
}

describe.each(SCREENS)('$name', screen => {
  it('has nothing for axe to complain about', async () => {
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])
    await open(screen, 1280)
    expect(await violations()).toEqual([])
  })

  it('fits a phone of 360 px without sideways scrolling, its targets are large enough, and axe agrees, in dark', async () => {
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
    await open(screen, 360)
    const beyond = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(beyond).toBeLessThanOrEqual(0)
    expect(await smallTargets(tab)).toEqual([])
    expect(await violations()).toEqual([])
  })
})

describe('the studio', () => {
  it('runs under its policy without an error', () => {
    expect(complaints).toEqual([])
  })

  it('begins with a link that skips to the content', async () => {
    await open(SCREENS[0]!, 1280)
    await tab.keyboard.press('Tab')
    expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await tab.keyboard.press('Enter')
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe('main')
  })

  it('shows where the focus is', async () => {
    await open(SCREENS[0]!, 1280)
    for (let step = 0; step < 6; step++) await tab.keyboard.press('Tab')
    const outline = await tab.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)
    expect(outline).toBe('solid')
  })

  it('opens the account menu by keyboard, and keeps the appearance that was chosen there', async () => {
    await open(SCREENS[0]!, 1280)
    const account = await tab.waitForSelector('::-p-aria(Account of Mara Ilves)')
    await account!.focus()
    await tab.keyboard.press('Enter')
    await tab.waitForSelector('[role=menu]')
    expect(await violations()).toEqual([])
    await tab.locator('::-p-aria([name="Dark"][role="menuitemradio"])').click()
    expect(await tab.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await tab.reload()
    await tab.waitForSelector('h1')
    expect(await tab.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await tab.evaluate(() => localStorage.clear())
  })

  it('keeps what was typed where another tab saved first, and asks', async () => {
    await open(SCREENS.find(one => one.name === 'the summary being written')!, 1280)
    sample.mode = 'overtaken'
    await tab.type('textarea', 'Mine. ')
    await tab.waitForFunction(() => document.body.textContent.includes('saved somewhere else'))
    expect(await tab.$eval('textarea', field => field.value)).toContain('Mine. ')
    expect(await violations()).toEqual([])
    sample.mode = 'full'
    await tab.locator('::-p-text(Keep all that is here)').click()
    await tab.waitForFunction(() => document.body.textContent.includes('Draft saved'))
    expect(await tab.$eval('textarea', field => field.value)).toContain('Mine. ')
  })

  it('shows the last figures, says so, and comes back by itself when the server was away', async () => {
    await open(SCREENS[0]!, 1280)
    sample.mode = 'failing'
    await tab.waitForFunction(() => document.body.textContent.includes('the last that was read'), {
      timeout: 40_000,
    })
    expect(await tab.evaluate(() => document.body.textContent)).toContain('Northwind, checkout redesign')
    sample.mode = 'full'
    await tab.waitForFunction(() => !document.querySelector('[role=alert]'), { timeout: 40_000 })
  })
})
