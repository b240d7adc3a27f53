import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type Owner, ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** An open panel follows its readers: what collect took is shown without anybody asking for it. */

let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true })
  chromium = await startChromium()
  owner = await ownerOf(pitchbeat)
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

/** A reader at a link, as the tracker tells of one. */
async function readerOf(url: string) {
  const { ticket } = await (await fetch(`${url}/ticket`)).json()
  const [session, view] = [uuidv7(), uuidv7()]
  return async (active_ms: number) => {
    const views = [{ id: view, page: 'summary', active_ms, scroll: 40, parts: {} }]
    const told = { state: 'reading', input: true, automated: false, views, events: [] }
    const { status } = await fetch(`${url}/beat`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', 'User-Agent': chromium.userAgent },
      body: JSON.stringify({ v: 1, ticket, session, ...told }),
    })
    expect(status).toBe(204)
  }
}

/** The three figures as they stand in the panel, by their names. */
const shown = (panel: Page) =>
  panel.$$eval('dl dt', names =>
    Object.fromEntries(
      names.map(name => [name.firstChild?.textContent, name.nextElementSibling?.textContent]),
    ),
  )

it('changes the figures of an open panel after a received beat, without a reload', async () => {
  const campaign = await owner.campaign()
  const [link] = await owner.links(campaign.id, ['Acme, recruiter'])
  const first = await readerOf(link!.url)
  await first(2_000)
  await until('the first reader is saved', async () => (await owner.figures(campaign.id)).new_sessions === 1)

  const panel = await chromium.browser.newPage()
  await owner.logIn(panel)
  await panel.goto(`${pitchbeat.url}/studio/campaigns/${campaign.id}`)
  await until(
    'the panel shows the first reader',
    async () => (await shown(panel))['Total Time Spent'] === '2s',
  )
  expect(await shown(panel)).toMatchObject({ 'Total Actual Sessions': '0', 'Engagement Rate': '–' })
  let loads = 0
  panel.on('domcontentloaded', () => loads++)

  const second = await readerOf(link!.url)
  await second(3_000)
  await until(
    'the panel shows the second reader too',
    async () => (await shown(panel))['Total Time Spent'] === '5s',
  )
  // The server credits no more time than has passed, so the same word is said until it is believed.
  await until('the second reader is Actual', async () => {
    await second(11_000)
    return (await owner.figures(campaign.id)).actual_sessions === 1
  })
  await until('the panel shows that', async () => (await shown(panel))['Total Actual Sessions'] === '1')
  expect(loads).toBe(0)
})
