import type { Page as Tab } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Campaign, Pages } from '../../src/contract/shapes.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type Owner, ownerOf, samplePages } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** Writing the three pages: the preview goes along, fields help, and publishing asks where a page is empty. */

let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let tab: Tab
let project: string

beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true })
  owner = await ownerOf(pitchbeat)
  chromium = await startChromium()
  project = (await owner.api<{ items: { id: string }[] }>('GET', '/api/projects')).items[0]!.id
  tab = await chromium.browser.newPage()
  tab.setDefaultTimeout(20_000)
  await owner.logIn(tab)
})
beforeEach(async () => {
  await tab.bringToFront()
  await tab.locator('nav a').click()
  await tab.waitForSelector('h1 ::-p-text(Campaigns)')
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

const click = (selector: string) => tab.locator(selector).click()
const tabOf = (name: string) => `::-p-xpath(//nav[@aria-label="Pages"]/a[starts-with(., "${name}")])`
const field = (label: string) => `::-p-aria([name="${label}"][role="textbox"])`

/** Makes a campaign with a draft and goes to its editor from the list. */
async function write(title: string, pages: Pages) {
  const made = await owner.api<Campaign>('POST', '/api/campaigns', { project_id: project, title, pages })
  await tab.reload()
  await click(`a[aria-label="Go on writing ${title}"]`)
  await tab.waitForSelector('textarea')
  return () => owner.api<Campaign>('GET', `/api/campaigns/${made.id}`)
}

/** The page in the preview, once it was loaded. */
const preview = async () => (await (await tab.waitForSelector('iframe'))!.contentFrame())!
const scrolled = async () => (await preview()).evaluate(() => scrollY)
const shown = (selector: string) => async () =>
  (await preview()).evaluate((wanted: string) => {
    const box = document.querySelector(wanted)?.getBoundingClientRect()
    return box !== undefined && box.top < innerHeight && box.bottom > 0
  }, selector)

const accentOfPage = async () =>
  (await preview()).evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent-l'))

const long = (): Pages => {
  const pages = samplePages()
  const body = Array.from({ length: 40 }, (_, line) => `Paragraph ${line} of a long text.`).join('\n\n')
  return { ...pages, case_studies: pages.case_studies.map(one => ({ ...one, body })) }
}

it('takes the preview to the case study being written, and leaves it there when the page is saved', async () => {
  const campaign = await write('Long', long())
  await click(tabOf('Case studies'))
  await until('the page is there', shown('#bolt'))
  await click('section[aria-label="One design system"] textarea')
  await tab.keyboard.down('Control')
  await tab.keyboard.press('End')
  await tab.keyboard.up('Control')
  await tab.keyboard.type(' Written last.')
  await until('the draft is saved', async () =>
    (await campaign()).draft.case_studies.at(-1)!.body.endsWith('Written last.'),
  )
  await until('the preview has it', async () =>
    (await preview()).evaluate(() => document.body.textContent!.includes('Written last.')),
  )
  await until('its end is in view', shown('#system > p:last-of-type'))
  expect(await scrolled()).toBeGreaterThan(1_000)
})

it('leaves the preview where the owner scrolled it by hand', async () => {
  const campaign = await write('By hand', long())
  await click(tabOf('Case studies'))
  await until('the page is there', shown('#bolt'))
  const frame = (await tab.$('iframe'))!
  await click('textarea')
  await frame.hover()
  await tab.mouse.wheel({ deltaY: 700 })
  await until('it was scrolled', async () => (await scrolled()) === 700)
  await tab.keyboard.type('Typed.')
  await until('the preview has it', async () =>
    (await preview()).evaluate(() => document.body.textContent!.includes('Typed.')),
  )
  expect((await campaign()).draft.case_studies[0]!.body).toContain('Typed.')
  await until('it is there again', async () => (await scrolled()) === 700)
})

it('makes a whole address of example.com', async () => {
  const campaign = await write('Addresses', samplePages())
  await click(tabOf('Case studies'))
  const address = (await tab.waitForSelector(field('Address outside')))!
  await address.click({ count: 3 })
  await address.type('example.com')
  await tab.keyboard.press('Tab')
  await until(
    'the field has it',
    async () => (await address.evaluate(one => (one as HTMLInputElement).value)) === 'https://example.com',
  )
  await until(
    'the server has it',
    async () => (await campaign()).draft.case_studies[0]!.url === 'https://example.com',
  )
})

it('shows the contrast of the colour that the page uses', async () => {
  const pages = samplePages()
  await write('Yellow', { ...pages, look: { ...pages.look, accent: '#ffee00' } })
  const said = await tab.evaluate(() => document.body.textContent!)
  const colour = /(#\w{6}) on light paper, ([\d.]+) : 1/.exec(said)!
  expect(Number(colour[2])).toBeGreaterThanOrEqual(4.5)
  await until('the page has it', async () => colour[1] === (await accentOfPage()))
})

it('asks before it publishes an empty page, and names it', async () => {
  const pages = samplePages()
  const campaign = await write('Half', {
    ...pages,
    case_studies: [],
    contact: { heading: '', body: '', cta: null, form: true },
  })
  await click('button::-p-text(Publish)')
  const sheet = (await tab.waitForSelector('[role=dialog]'))!
  expect(await sheet.evaluate(one => one.textContent)).toContain('the case studies and the contact page')
  await tab.keyboard.press('Escape')
  await tab.waitForFunction(() => !document.querySelector('[role=dialog]'))
  expect((await campaign()).published_at).toBeNull()

  await click('button::-p-text(Publish)')
  await click('[role=dialog] button::-p-text(Publish all the same)')
  await until('it is public', async () => (await campaign()).published_at !== null)
  // The next time these pages are empty as before: nothing is new about it.
  await tab.type('textarea', 'More. ')
  await click('button::-p-text(Publish changes)')
  await until(
    'the change is public',
    async () =>
      (await campaign()).published!.summary.sentence.startsWith('More. ') ||
      (await campaign()).published!.summary.sentence.endsWith('More. '),
  )
})
