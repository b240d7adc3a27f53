import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { ACME } from './sample/campaigns.ts'
import { type SampleServer, startSampleServer } from './sample/server.ts'

/** A link that names only another query stays on its screen. */

let sample: SampleServer
let chromium: Chromium
let tab: Page
beforeAll(async () => {
  sample = await startSampleServer()
  chromium = await startChromium()
})
beforeEach(async () => {
  tab = await chromium.browser.newPage()
})
afterAll(async () => {
  await chromium?.stop()
  sample?.close()
})

/** Clicks the link with this text; answers the address it led to, without the server's. */
async function click(selector: string): Promise<string> {
  await (await tab.waitForSelector(selector))!.click()
  await tab.waitForSelector('main h1')
  return tab.url().replace(sample.url, '')
}

it('opens each of the three pages in the editor by its tab', async () => {
  const editor = `/studio/campaigns/${ACME}/pages`
  await tab.goto(sample.url + editor)
  expect(await click('nav[aria-label="Pages"] a:nth-child(2)')).toBe(`${editor}?page=case_studies`)
  await tab.waitForSelector('::-p-text(Add a case study)')
  expect(await click('nav[aria-label="Pages"] a:nth-child(3)')).toBe(`${editor}?page=contact`)
  await tab.waitForSelector('::-p-text(With a form)')
})

it('narrows the performance section to a recipient, and keeps the range', async () => {
  const performance = `/studio/campaigns/${ACME}`
  await tab.goto(`${sample.url}${performance}?range=7d`)
  const recipient = await tab.waitForSelector('th[scope=row] a')
  const name = await recipient!.evaluate(link => link.textContent)
  const address = await click('th[scope=row] a')
  expect(address).toMatch(new RegExp(`^${performance}\\?range=7d&link=[0-9a-f-]{36}$`))
  expect(await tab.$eval('#link', choice => (choice as HTMLSelectElement).selectedOptions[0]?.text)).toBe(
    name,
  )
})
