import type { Page as Tab } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { EMAIL, PASSWORD } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** A new owner's first hour, click by click: set-up, the sample, an own campaign, and its first reader. */

let pitchbeat: Pitchbeat
let chromium: Chromium
let tab: Tab

beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true })
  chromium = await startChromium()
  tab = await chromium.browser.newPage()
  tab.setDefaultTimeout(20_000)
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

const click = (selector: string) => tab.locator(selector).click()
const button = (words: string) => click(`button::-p-text(${words})`)
const text = () => tab.evaluate(() => document.body.textContent!)
const says = (words: string) =>
  tab.waitForFunction((wanted: string) => document.body.textContent!.includes(wanted), {}, words)
const sees = (words: string) => until(`“${words}” is shown`, async () => (await text()).includes(words))
const placeholder = (field: string) => tab.$eval(field, one => (one as HTMLTextAreaElement).placeholder)
const value = (field: string) => tab.$eval(field, one => (one as HTMLTextAreaElement).value)
/** The steps of the list before sending, ticked or not. */
const ticks = () =>
  tab.$$eval('li[data-done]', steps => steps.map(step => (step as HTMLElement).dataset.done === 'true'))

/** What a reader's browser tells of one session, with the ticket of its own fetch. */
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

it('sets up with the printed code and offers two ways to begin', async () => {
  await tab.goto(`${pitchbeat.url}/studio/`)
  await tab.waitForSelector('input[name=code]')
  await tab.type('input[name=code]', pitchbeat.setupCode!)
  await tab.type('input[name=name]', 'Mara Ilves')
  await tab.type('input[name=email]', EMAIL)
  await tab.type('input[name=password]', PASSWORD)
  await tab.keyboard.press('Enter')
  await says('No campaign yet')
  await tab.waitForSelector('a::-p-text(Write your own)')
  await tab.waitForSelector('button::-p-text(Look at a finished sample)')
})

it('shows a finished sample that is marked on every screen, and removes it after a question', async () => {
  await button('Look at a finished sample')
  await tab.waitForSelector('h1 ::-p-text(Sample: Acme)')
  await says('Its readers and figures are invented')
  await tab.waitForSelector('h2 ::-p-text(Who read)')
  for (const name of ['Sessions', 'Links', 'Leads', 'Pages']) {
    await click(`nav[aria-label="Campaign"] a::-p-text(${name})`)
    if (name === 'Pages') await tab.waitForSelector('textarea')
    else await tab.waitForSelector(`nav[aria-label="Campaign"] a[aria-current=page]::-p-text(${name})`)
    await says('Its readers and figures are invented')
  }
  await click('nav a::-p-text(← Campaigns)')
  await tab.waitForSelector('table')
  expect(await tab.$eval('tbody th', one => one.textContent)).toMatch(/^Sample: .*Sample ·/)

  await click('tbody th a')
  await button('Remove the sample')
  await tab.waitForSelector('[role=dialog]')
  await click('[role=dialog] button::-p-text(Close)')
  await tab.waitForFunction(() => !document.querySelector('[role=dialog]'))
  expect(await text()).toContain('Its readers and figures are invented')
  await button('Remove the sample')
  await click('[role=dialog] button::-p-text(Remove the sample)')
  await says('No campaign yet')
})

it('begins each page with a skeleton that is not text, and publishes what was written', async () => {
  await click('a::-p-text(Write your own)')
  await tab.waitForSelector('input[name=title]')
  await tab.type('input[name=title]', 'Acme, designer')
  await button('Start writing')
  await tab.waitForSelector('textarea')
  expect(await placeholder('textarea')).not.toBe('')
  expect(await value('textarea')).toBe('')
  const page = (name: string) => click(`::-p-xpath(//nav[@aria-label="Pages"]/a[starts-with(., "${name}")])`)
  await page('Contact')
  await until('the skeleton is there', async () => (await placeholder('textarea')).includes('question'))
  await page('Case studies')
  await until('the skeleton is there', async () => (await placeholder('textarea')).includes('### My part'))
  // Looking at a skeleton writes nothing.
  expect(await text()).toContain('Case studiesempty')
  await tab.type('section input', 'Bolt')
  await tab.type('section textarea', 'Fewer carts are abandoned.')
  await sees('Case studies1, complete')

  await page('Summary')
  await tab.locator('::-p-aria([name="Your name"][role="textbox"])').fill('Mara Ilves')
  await tab.type('textarea', 'I make checkouts people finish.')
  await sees('Draft saved')
  await button('Publish')
  await button('Publish all the same')
  await click('a::-p-text(Go to the link)')
  await says('Before you send it')
  await says('without the contact page')
  expect(await ticks()).toEqual([true, false, false, false])
})

it('keeps the list when the owner reads, and ticks that step by itself', async () => {
  const opened = new Promise<Tab>(resolve =>
    chromium.browser.once('targetcreated', target => void target.page().then(page => resolve(page!))),
  )
  await click('li a::-p-text(Open it)')
  const page = await opened
  await page.bringToFront()
  await page.waitForSelector('h1 ::-p-text(Mara Ilves)')
  // Reading is moving now and then, in a window that has the focus.
  await page.mouse.move(100, 100)
  await until(
    'the session is read for 10 s',
    async () => {
      await page.mouse.move(100 + Math.random() * 100, 100)
      await page.mouse.wheel({ deltaY: 10 })
      return tab.evaluate(async () => {
        const { items } = await (await fetch('/api/campaigns')).json()
        const path = `/api/campaigns/${items[0].id}/sessions?verdict=owner&flag=actual,engaged`
        return (await (await fetch(path)).json()).items.length > 0
      })
    },
    { timeoutMs: 40_000, everyMs: 500 },
  )
  await page.close()
  await tab.bringToFront()
  await until('the step is ticked', async () => (await ticks())[1] === true)
  expect(await text()).toContain('Before you send it')
  expect(await text()).toContain('Your link')
  await sees('1 yours')
  await tab.reload()
  await until('it is still ticked', async () => (await ticks())[1] === true)
})

it('goes when the first reader who is not the owner was Actual', async () => {
  const read = await readerOf(await value('#url'))
  await read(2_000)
  await sees('Nobody has read for 10 s yet')
  expect((await ticks()).length).toBe(4)
  await until('the list is gone', async () => {
    await read(11_000)
    return (await ticks()).length === 0
  })
  await says('Who read')
})

it('stays away once it was put away, on another device too', async () => {
  await click('nav a::-p-text(Campaigns)')
  await click('a::-p-text(New campaign)')
  await tab.waitForSelector('input[name=title]')
  await tab.type('input[name=title]', 'Second')
  await button('Start writing')
  await tab.waitForSelector('textarea')
  await tab.locator('::-p-aria([name="Your name"][role="textbox"])').fill('Mara Ilves')
  await tab.type('textarea', 'One sentence.')
  await sees('Draft saved')
  await button('Publish')
  await button('Publish all the same')
  await click('a::-p-text(Go to the link)')
  await says('Before you send it')
  await button('Put this list away')
  await until('it is gone', async () => (await ticks()).length === 0)
  expect(await text()).toContain('Your link')
  await tab.evaluate(() => localStorage.clear())
  await tab.reload()
  await says('Your link')
  expect(await ticks()).toEqual([])
})
