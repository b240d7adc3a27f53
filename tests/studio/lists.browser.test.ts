import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type Owner, ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** Lists of the studio with five rows and with 5 000: all of them can be reached, and the screen stays as light. */

const MANY = 5_000
let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let tab: Page
/** the questions that were asked since the last look */
let asked: string[] = []

const add = async (campaign: string, count: number) => {
  for (let from = 0; from < count; from += 200) {
    const labels = Array.from({ length: Math.min(200, count - from) }, (_, n) => `Recipient ${from + n + 1}`)
    await owner.api('POST', `/api/campaigns/${campaign}/links`, { labels })
  }
}

beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true, env: { LIMIT_FACTOR: '100' } })
  chromium = await startChromium()
  owner = await ownerOf(pitchbeat)
  const few = await owner.campaign({ title: 'Few links' })
  const many = await owner.campaign({ title: 'Many links' })
  await add(few.id, 4)
  await add(many.id, MANY - 1)
  // What was opened has its links in the bar above the tabs.
  for (const { id } of [few, many]) {
    const { items } = await owner.api<{ items: Array<{ url: string }> }>(
      'GET',
      `/api/campaigns/${id}/links?limit=1`,
    )
    await fetch(items[0]!.url, { headers: { 'User-Agent': chromium.userAgent } })
    await until('the open is saved', async () => {
      const opens = await owner.api<{ items: unknown[] }>('GET', `/api/campaigns/${id}/opens`)
      return opens.items.length > 0
    })
  }
  tab = await chromium.browser.newPage()
  await owner.logIn(tab)
  tab.on('request', request => {
    const { pathname, search } = new URL(request.url())
    if (pathname.startsWith('/api/') && pathname !== '/api/live') asked.push(pathname + search)
  })
}, 120_000)
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

const press = (name: string, role?: string) =>
  tab.locator(`::-p-aria([name="${name}"]${role ? `[role="${role}"]` : ''})`).click()
const says = (words: string) =>
  tab.waitForFunction((text: string) => document.body.textContent.includes(text), {}, words)
const rows = () => tab.$$eval('table tbody tr', all => all.map(row => row.textContent ?? ''))
const focused = () => tab.evaluate(() => document.activeElement?.textContent ?? '')
const query = () => new URL(tab.url()).searchParams

/** Waits until every question of a screen was asked: none was added between two beats of the studio. */
async function settled() {
  const beat = () => tab.waitForResponse(answer => answer.url().endsWith('/api/live'))
  await beat()
  for (let before = -1; before !== asked.length; ) {
    before = asked.length
    await beat()
  }
}

/** Goes to a tab of a campaign as a person does: from the list of campaigns. */
async function open(title: string, name: string) {
  await press('Campaigns', 'link')
  await press(title, 'link')
  await tab.waitForFunction((text: string) => document.querySelector('h1')?.textContent === text, {}, title)
  await tab.waitForSelector('nav[aria-label="Campaign"]')
  await tab
    .locator(`xpath/.//nav[@aria-label="Campaign"]//a[starts-with(normalize-space(.), "${name}")]`)
    .click()
  await says(name === 'Links' ? 'Make links' : name)
}

it('draws as many rows and asks as many questions for 5 000 links as a page holds', async () => {
  const look = async (title: string) => {
    await open(title, 'Links')
    asked = []
    await tab.reload()
    await says('Make links')
    await tab.waitForFunction(() => document.querySelectorAll('table tbody tr').length > 0)
    await settled()
    const kinds = new Set(asked.map(path => path.replace(/[0-9a-f-]{36}/, '…')))
    return { rows: (await rows()).length, kinds: [...kinds].sort() }
  }
  const few = await look('Few links')
  const many = await look('Many links')
  expect(few.rows).toBe(5)
  expect(many.rows).toBe(50)
  expect(many.kinds).toEqual(few.kinds)
  await says('50 of 5,000')
}, 60_000)

it('shows link 201 and those after it by "Show more"; the focus stays, and a reload shows as many', async () => {
  await open('Many links', 'Links')
  const button = await tab.waitForSelector('::-p-aria(Show more)')
  await button!.focus()
  for (const count of [100, 150, 200, 250]) {
    await tab.keyboard.press('Enter')
    await tab.waitForFunction(
      (wanted: number) => document.querySelectorAll('table tbody tr').length === wanted,
      {},
      count,
    )
    expect(await focused()).toBe('Show more')
  }
  const seen = await rows()
  expect(seen[0]).toContain(`Recipient ${MANY - 1}`)
  expect(seen[249]).toContain(`Recipient ${MANY - 250}`)
  await tab.reload()
  await tab.waitForFunction(() => document.querySelectorAll('table tbody tr').length >= 250)
  expect((await rows()).slice(0, 250)).toEqual(seen)
}, 60_000)

it('finds one of 5 000 by its label, and switches it off', async () => {
  await open('Many links', 'Links')
  await (await tab.waitForSelector('::-p-aria(Search links)'))!.type('recipient 217')
  await tab.waitForFunction(() => document.querySelectorAll('table tbody tr').length === 11)
  expect(query().get('q')).toBe('recipient 217')
  await press('Recipient', 'button')
  await tab.waitForSelector('th[aria-sort=ascending]')
  expect((await rows())[0]).toContain('Recipient 217')
  await press('More for Recipient 217')
  await press('Switch off', 'menuitem')
  await tab.waitForFunction(() =>
    document.querySelector('table tbody tr')?.textContent?.includes('off since'),
  )
  await press('Recipient', 'button')
  await tab.waitForSelector('th[aria-sort=descending]')
  await tab.waitForFunction(() =>
    /Recipient 2179/.test(document.querySelector('table tbody tr')?.textContent ?? ''),
  )
  expect([query().get('sort'), query().get('order')]).toEqual(['label', 'desc'])
}, 60_000)

it('shows a newly made link on top, whatever was searched for, and keeps the focus in the form', async () => {
  await open('Many links', 'Links')
  await (await tab.waitForSelector('::-p-aria(Search links)'))!.type('recipient 30')
  await tab.waitForFunction(() => location.search.includes('q='))
  await (await tab.waitForSelector('textarea'))!.type('Newest of all')
  await press('Make the link', 'button')
  await says('1 link made')
  await tab.waitForFunction(() =>
    document.querySelector('table tbody tr')?.textContent?.includes('Newest of all'),
  )
  expect(query().get('q')).toBeNull()
  expect(await tab.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
}, 60_000)

it.each([
  { width: 1280, height: 600 },
  { width: 360, height: 560 },
])(
  'copies one of many links from a list with a search that stays in a window of $width × $height',
  async size => {
    await tab.setViewport(size)
    await open('Many links', 'Links')
    await press('Copy a link')
    await tab.waitForSelector('[role=listbox] [role=option]')
    await tab.waitForFunction(() => {
      const box = document.querySelector('[role=listbox]')!.closest('[role=dialog]')!.getBoundingClientRect()
      return box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
    })
    await tab.keyboard.type('RECIPIENT 4321')
    await tab.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1)
    await tab.keyboard.press('Enter')
    await says('Copied: Recipient 4321')
    await tab.setViewport({ width: 1280, height: 800 })
  },
  60_000,
)

it('scrolls the list of links to its end, page by page', async () => {
  await open('Many links', 'Links')
  await press('Copy a link')
  await tab.waitForFunction(() => document.querySelectorAll('[role=option]').length === 50)
  await tab.$eval('[role=listbox]', list => list.scrollTo(0, list.scrollHeight))
  await tab.waitForFunction(() => document.querySelectorAll('[role=option]').length === 100)
  await tab.keyboard.press('Escape')
}, 60_000)

it('names the addresses that show the title, and gives them new ones beside the old', async () => {
  const { id } = await owner.campaign({ title: 'Stripe, senior designer' })
  await owner.api('POST', `/api/campaigns/${id}/links`, { label: 'Apple', slug: 'stripe-senior-k3v9q2m7' })
  await open('Stripe, senior designer', 'Links')
  await says('shows words of this campaign’s title')
  await press('Give it a new address', 'button')
  await says('old address, still works')
  await tab.waitForFunction(() => !document.body.textContent.includes('Give it a new address'))
  const old = `${pitchbeat.url}/p/stripe-senior-k3v9q2m7`
  const read = async () => (await fetch(old, { headers: { 'User-Agent': chromium.userAgent } })).status
  expect(await read()).toBe(200)
  await press('Switch off the old address stripe-senior-k3v9q2m7', 'button')
  await tab.waitForSelector('::-p-aria(Switch on the old address stripe-senior-k3v9q2m7)')
  expect(await read()).toBe(410)
}, 60_000)

it('asks one question for the campaigns and one for the messages, however many campaigns there are', async () => {
  const look = async () => {
    await press('Campaigns', 'link')
    asked = []
    await tab.reload()
    await tab.waitForSelector('table tbody tr')
    await settled()
    return new Set(asked)
  }
  const few = await look()
  for (let n = 0; n < 25; n++) await owner.campaign({ title: `Campaign ${n}` })
  const many = await look()
  expect([...many].sort()).toEqual([...few].sort())
  expect([...many].filter(path => path.startsWith('/api/campaigns'))).toHaveLength(1)
  expect([...many].filter(path => path.startsWith('/api/leads'))).toHaveLength(1)
  // the one made last stands on top
  expect((await rows())[0]).toContain('Campaign 24')
  await (await tab.waitForSelector('::-p-aria(Search campaigns)'))!.type('stripe')
  await tab.waitForFunction(() => document.querySelectorAll('table tbody tr').length === 1)
}, 60_000)
