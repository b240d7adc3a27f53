import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../../src/studio/routes.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type FullStudio, startFullStudio } from './walk/studio.ts'
import { unwalked, type Walk, walk } from './walk/walk.ts'
import { installWays } from './walk/ways.ts'

/**
 * The walk: from every screen, every link, tab, row, filter and menu entry is taken, by mouse and by keyboard, and lands
 * on the screen, heading and query that it names; Back, a reload and the copied address show the same. What is taken
 * comes from the page, the list of screens from the router.
 */

let studio: FullStudio
let chromium: Chromium
const complaints: string[] = []
beforeAll(async () => {
  studio = await startFullStudio()
  chromium = await startChromium({ viewport: { width: 1280, height: 900 } })
  await chromium.browser
    .defaultBrowserContext()
    .overridePermissions(studio.pitchbeat.url, ['clipboard-sanitized-write'])
})
afterAll(async () => {
  await chromium?.stop()
  await studio?.stop()
})

async function openTab(): Promise<Page> {
  const tab = await chromium.browser.newPage()
  await installWays(tab)
  tab.on('pageerror', error => complaints.push(String(error)))
  tab.on('console', message => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  return tab
}

/** What was walked, as it is printed. */
function told(how: string, { clicks, screens }: Walk, seconds: number): string {
  const lines = [...screens].map(([screen, ways]) => `  ${screen}: ${ways} ways`)
  return [`by ${how}: ${clicks} clicks on ${screens.size} screens in ${seconds} s`, ...lines].join('\n')
}

let walked: Walk

it('begins at the login, whose visit leaves no error in the console', async () => {
  const tab = await openTab()
  await tab.goto(`${studio.pitchbeat.url}/studio/`)
  await tab.waitForSelector('input[type=password]')
  expect(complaints).toEqual([])
  await studio.owner.logIn(tab, { stay: true })
  await tab.close()
})

it.each(['mouse', 'keyboard'] as const)(
  'takes every way of every screen by %s and lands where it says',
  async how => {
    const tab = await openTab()
    await tab.goto(`${studio.pitchbeat.url}/studio/`)
    const began = performance.now()
    walked = await walk(tab, studio.owner, how)
    console.log(told(how, walked, Math.round((performance.now() - began) / 1000)))
    await tab.close()
    expect(walked.problems).toEqual([])
    expect(unwalked(walked, ROUTES)).toEqual([])
  },
  600_000,
)

describe('the walk itself fails', () => {
  it('at a screen that no click leads to', () => {
    expect(unwalked(walked, { ...ROUTES, hidden: '/hidden' })).toEqual(['hidden'])
  })

  it('at every kind of dead link that was planted on a screen', async () => {
    const planted: Array<[string, RegExp]> = [
      ['<a href="/studio/nowhere">More</a>', /"More".*none of the router's screens/],
      ['<a href="/studio/leads">Campaigns</a>', /"Campaigns".*is called "Campaigns" and leads to/],
      ['<a href="/studio/?page=contact">Contact</a>', /"Contact".*knows no query "page"/],
      ['<a href="/studio/campaigns/none">Gone</a>', /"Gone".*the heading is/],
      ['<a>Press</a>', /"Press".*has no address/],
      ['<a href="/api/none.csv">Export</a>', /"Export".*answers 404/],
    ]
    const tab = await openTab()
    // beside what the studio draws, so that they stay when the screen is drawn anew
    await tab.evaluateOnNewDocument(
      html => addEventListener('DOMContentLoaded', () => document.body.insertAdjacentHTML('beforeend', html)),
      planted.map(([link]) => `<p>${link}</p>`).join(''),
    )
    await tab.goto(`${studio.pitchbeat.url}/studio/settings`)
    await tab.waitForSelector('main form')
    const { problems } = await walk(tab, studio.owner, 'mouse', { alone: true })
    await tab.close()
    for (const [, problem] of planted)
      expect(
        problems.filter(one => problem.test(one)),
        String(problem),
      ).not.toEqual([])
  }, 120_000)
})
