import fc from 'fast-check'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Entry } from '../../src/contract/entry.ts'
import { UA_CLASSES, VERDICTS } from '../../src/contract/words.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { open, reading, save } from '../reports/readings.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type Owner, ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'
import { until } from '../servers/until.ts'

/** Every number of the performance screen that can be clicked opens a list of exactly that many rows. */

const SEEDS = [1, 2, 3]
const DAY_MS = 86_400_000

let postgres: Postgres
let pitchbeat: Pitchbeat
let store: Store
let chromium: Chromium
let owner: Owner
let tab: Page

beforeAll(async () => {
  postgres = await startPostgres({ fsync: false })
  const DATABASE_URL = await postgres.createDatabase('numbers')
  pitchbeat = await startPitchbeat({ bundled: true, env: { DATABASE_URL } })
  store = await openPostgres(DATABASE_URL)
  chromium = await startChromium()
  owner = await ownerOf(pitchbeat)
  tab = await chromium.browser.newPage()
  await owner.logIn(tab)
})
afterAll(async () => {
  await chromium?.stop()
  await store?.close()
  await pitchbeat?.stop()
  await postgres?.stop()
})

/** Somebody or something, on one of the last 40 days. */
const visitor = fc.record({
  kind: fc.constantFrom('session', 'session', 'session', 'open', 'claimed'),
  ago: fc.integer({ min: DAY_MS / 24, max: 40 * DAY_MS }),
  ms: fc.constantFrom(0, 500, 9_999, 10_001, 45_000),
  acts: fc.integer({ min: 0, max: 2 }),
  input: fc.boolean(),
  private: fc.boolean(),
  ua: fc.constantFrom(...UA_CLASSES, 'person', 'person', 'person', 'person'),
  flag: fc.constantFrom('owner_device', 'owner_login', 'prefetch', null, null, null, null),
  /** what the owner says of it, sometimes */
  word: fc.constantFrom(...VERDICTS, null, null, null),
  link: fc.integer({ min: 0, max: 2 }),
})

/** A campaign with 70 visitors of all kinds, some of them judged by the owner. */
async function seeded(seed: number): Promise<string> {
  const title = `Campaign ${seed}`
  const { id } = await owner.campaign({ title })
  const links = await owner.links(id, ['Acme, recruiter', 'Bolt & Barrow'])
  const { items } = await owner.api<{ items: { id: string }[] }>('GET', `/api/campaigns/${id}/links`)
  expect(links).toHaveLength(2)
  const [visitors] = fc.sample(fc.array(visitor, { minLength: 70, maxLength: 70 }), { seed, numRuns: 1 })
  const entries: Entry[] = visitors!.flatMap(one => {
    const given = {
      campaign_id: id,
      link_id: items[one.link]!.id,
      at: Date.now() - one.ago,
      private: one.private,
      ua: { class: one.ua },
      flags: one.flag ? { [one.flag]: true } : {},
    }
    const seen = one.kind === 'session' ? [] : [open(given)]
    if (one.kind === 'open') return seen
    return [
      ...seen,
      ...reading({
        ...given,
        open_id: seen[0]?.open_id ?? null,
        pages: one.ms > 0 ? { summary: one.ms } : {},
        acts: Array.from({ length: one.acts }, () => ({ type: 'cta_click' as const })),
        input: one.input,
      }),
    ]
  })
  await save(store.database, entries)
  for (const subject of ['sessions', 'opens']) {
    const list = await owner.api<{ items: { id: string }[] }>(
      'GET',
      `/api/campaigns/${id}/${subject}?limit=200`,
    )
    for (const [index, one] of list.items.entries()) {
      const { word } = visitors![index % visitors!.length]!
      if (word) await owner.api('PUT', `/api/campaigns/${id}/${subject}/${one.id}/verdict`, { verdict: word })
    }
  }
  return title
}

const settled = () =>
  until('the screen is there', () =>
    tab.evaluate(
      () => document.querySelector('h1') !== null && !document.querySelector('[role=status][aria-label]'),
    ),
  )
/** Until then the figures are those of the range before. */
const answered = () => tab.waitForNetworkIdle({ idleTime: 300 })
const clickText = async (words: string) => {
  const found = tab.locator(
    `::-p-xpath(//main//*[self::a or self::button][contains(., ${JSON.stringify(words)})])`,
  )
  await found.click()
  await settled()
}

interface Number {
  words: string
  count: number
}

/** The links to lists of sessions and opens, each with the number in its words. */
const numbers = (): Promise<Number[]> =>
  tab.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('main a[href*="/sessions?"]')].map(link => ({
      words: link.innerText.trim(),
      count: Number(/\d+/.exec(link.innerText)?.[0]),
    })),
  )

/** Loads a list to its end and counts its rows. */
async function rows(): Promise<number> {
  for (;;) {
    await settled()
    const more = await tab.$('::-p-xpath(//main//button[contains(., "Show more")])')
    if (!more) return tab.evaluate(() => document.querySelectorAll('main tbody tr').length)
    const before = await tab.evaluate(() => document.querySelectorAll('main tbody tr').length)
    await tab.locator('::-p-xpath(//main//button[contains(., "Show more")])').click()
    await until('more rows are there', () =>
      tab.evaluate(known => document.querySelectorAll('main tbody tr').length > known, before),
    )
  }
}

/** Clicks every number that the open performance screen offers, and comes back from each. */
async function clickEach(where: string): Promise<number> {
  const all = await until('the numbers are there', async () => {
    const found = await numbers()
    return found.length > 3 ? found : null
  })
  const address = tab.url()
  const isOpen = () => new URL(tab.url()).pathname.endsWith('/sessions')
  for (const [index, { words, count }] of all.entries()) {
    await until('the list is open', async () => {
      // what was drawn anew between looking and clicking is looked for again
      const links = isOpen() ? [] : await tab.$$('main a[href*="/sessions?"]')
      await links[index]?.click()
      return isOpen()
    })
    await until(`${where}, “${words}”: the list has ${count} rows`, async () => (await rows()) === count, {
      timeoutMs: 10_000,
    })
    while (tab.url() !== address) await tab.goBack()
    await until('the numbers are there again', async () => (await numbers()).length === all.length)
  }
  return all.length
}

it.each(SEEDS)('of random visitors, seed %i: in every range and for one link', async seed => {
  const title = await seeded(seed)
  await tab.locator('header a').click()
  await settled()
  await clickText(title)
  let clicks = 0
  for (const range of ['30 d', '7 d', 'All time']) {
    await clickText(range)
    await until('the range is in the address', async () => tab.url().includes('range='))
    await answered()
    clicks += await clickEach(range)
  }
  await clickText('30 d')
  const choice = await tab.waitForSelector('select#link')
  const [, , second] = await choice!.$$eval('option', options => options.map(one => one.value))
  await choice!.select(second!)
  await until('the link is in the address', async () => tab.url().includes(second!))
  await answered()
  clicks += await clickEach('30 d, one link')
  console.log(`seed ${seed}: ${clicks} numbers clicked`)
})

it('an opening is judged in its list, and the list and the number follow', async () => {
  await tab.locator('header a').click()
  await settled()
  await clickText('Campaign 1')
  await clickText('All time')
  await until('the range is in the address', async () => tab.url().includes('range=all'))
  await answered()
  const unscripted = (await numbers()).find(one => one.words.includes('without the script'))!
  expect(unscripted.count).toBeGreaterThan(1)
  await clickText('without the script')
  await until('the list is whole', async () => (await rows()) === unscripted.count)
  const first = await tab.waitForSelector('main tbody select')
  // as a person does: whoever chooses has the focus there
  await first!.focus()
  await first!.select('bot')
  await until('the row has left the list', async () => (await rows()) === unscripted.count - 1)
  await until('the focus is on the next one', () =>
    tab.evaluate(() => document.activeElement?.tagName === 'SELECT'),
  )
  await tab.goBack()
  await until('the number follows', async () =>
    (await numbers()).some(
      one => one.words.includes('without the script') && one.count === unscripted.count - 1,
    ),
  )
})
