import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, it } from 'vitest'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { EMAIL, type Owner, ownerOf, PASSWORD } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'

/** What had the focus may go; the focus then stands at what comes next, never at the page as a whole. */

let pitchbeat: Pitchbeat
let chromium: Chromium
let tab: Page
let owner: Owner
beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true })
  chromium = await startChromium()
  tab = await chromium.browser.newPage()
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

const focusOn = (selector: string) =>
  tab.waitForFunction(wanted => document.activeElement?.matches(wanted), { timeout: 8_000 }, selector)

it('begins the set-up in its first field, and stands at the sentence of an error', async () => {
  await tab.goto(`${pitchbeat.url}/studio/`)
  await focusOn('[name=code]')
  await tab.keyboard.type('not-the-code')
  await tab.type('[name=name]', 'Mara Ilves')
  await tab.type('[name=email]', EMAIL)
  await tab.type('[name=password]', PASSWORD)
  await tab.keyboard.press('Enter')
  await focusOn('[role=alert]')
})

it('begins at the page after a login, and in the login after logging out', async () => {
  owner = await ownerOf(pitchbeat)
  await tab.goto(`${pitchbeat.url}/studio/`)
  await focusOn('[name=email]')
  await tab.keyboard.type(EMAIL)
  await tab.type('[name=password]', PASSWORD)
  await tab.keyboard.press('Enter')
  await focusOn('main')
  await tab.locator('header [aria-haspopup=menu]').click()
  await tab.locator('[role=menu] > [role=menuitem]').click()
  await focusOn('[name=email]')
  await tab.keyboard.type(EMAIL)
  await tab.type('[name=password]', PASSWORD)
  await tab.keyboard.press('Enter')
  await focusOn('main')
})

it('begins a new campaign in its title', async () => {
  await tab.locator('a[href="/studio/campaigns/new"]').click()
  await focusOn('[name=title]')
})

it('stays on the links screen when Escape leaves a label', async () => {
  const { id } = await owner.campaign()
  await tab.goto(`${pitchbeat.url}/studio/campaigns/${id}/links`)
  await tab.locator('td [aria-haspopup=menu]').click()
  await tab.locator('::-p-aria([name="Edit the label"][role="menuitem"])').click()
  await focusOn('form input')
  await tab.keyboard.press('Escape')
  await focusOn('td [aria-haspopup=menu]')
})

it('goes from Publish to the link that takes its place', async () => {
  const { id } = await owner.campaign()
  await tab.goto(`${pitchbeat.url}/studio/campaigns/${id}/pages`)
  await tab.waitForSelector('textarea')
  await tab.type('textarea', 'Changed. ')
  await tab.locator('::-p-aria([name="Publish changes"][role="button"])').click()
  await focusOn(`a[href="/studio/campaigns/${id}"]`)
})
