import type { Page as Tab } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Campaign } from '../../src/contract/shapes.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type Owner, ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** What was written and what was public can be seen again, compared with what is public, and brought back. */

let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let tab: Tab
let campaign: string
beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true })
  owner = await ownerOf(pitchbeat)
  campaign = (await owner.campaign({ title: 'Acme' })).id
  chromium = await startChromium()
  tab = await chromium.browser.newPage()
  tab.setDefaultTimeout(20_000)
  await owner.logIn(tab)
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

const FIRST = 'I make checkouts people finish.'
const click = (selector: string) => tab.locator(selector).click()
const says = (words: string) =>
  tab.waitForFunction((wanted: string) => document.body.textContent.includes(wanted), {}, words)
const sentence = () => tab.$eval('textarea', one => (one as HTMLTextAreaElement).value)
const draftIs = (words: string) =>
  until(`the draft says “${words}”`, async () => {
    const { draft } = await owner.api<Campaign>('GET', `/api/campaigns/${campaign}`)
    return draft.summary.sentence === words
  })
/** Each field that is compared: its name, and both texts. */
const compared = () =>
  tab.$$eval('[data-difference]', fields =>
    fields.map(field => [
      field.querySelector('h4')!.textContent,
      ...[...field.querySelectorAll('div > span')].map(one => one.textContent),
    ]),
  )

async function openEditor() {
  await tab.goto(`${pitchbeat.url}/studio/`)
  await click('main a::-p-text(Acme)')
  await click('main a::-p-text(Pages)')
  await tab.waitForSelector('textarea')
}

async function rewrite(words: string) {
  await tab.locator('textarea').fill(words)
  await draftIs(words)
}

it('lists the drafts and publications, newest first, and shows how each differs from what is public', async () => {
  await openEditor()
  await rewrite('A second sentence.')
  await click('button::-p-text(Publish changes)')
  await tab.waitForSelector('a::-p-text(Go to the link)')
  await rewrite('A third sentence.')

  await click('a::-p-text(History)')
  await says('What differs from what readers see now')
  const kinds = await tab.$$eval('ol small', all => all.map(one => one.textContent))
  expect(kinds.filter(kind => kind === 'Published')).toHaveLength(2)
  expect(kinds[0]).toBe('Draft')
  expect(await compared()).toEqual([['One sentence', 'A third sentence.', 'A second sentence.']])

  await click('ol li:last-child a')
  await tab.waitForFunction(
    (words: string) => document.querySelector('[data-difference] span')?.textContent === words,
    {},
    FIRST,
  )
  expect(await compared()).toEqual([['One sentence', FIRST, 'A second sentence.']])
  await tab.reload()
  await says(FIRST)
  expect(await tab.$eval('ol li:last-child a', one => one.getAttribute('aria-current'))).toBe('true')
})

it('brings a version back as the draft, says so, and takes that back again', async () => {
  await click('button::-p-text(Bring this text back)')
  await tab.waitForSelector('textarea')
  expect(await sentence()).toBe(FIRST)
  await says('The draft is the text of today,')
  await draftIs(FIRST)
  await click('button::-p-text(Undo)')
  await draftIs('A third sentence.')
  expect(await sentence()).toBe('A third sentence.')
})

it('goes Back to the list and to the editor as it came', async () => {
  await click('a::-p-text(History)')
  await says('What differs from what readers see now')
  await click('ol li:last-child a')
  await says(FIRST)
  await tab.goBack()
  await tab.waitForFunction(() => !location.search)
  await tab.goBack()
  await tab.waitForSelector('textarea')
  expect(await sentence()).toBe('A third sentence.')
})

it('shows the list or one version on a phone, with a way back to the list', async () => {
  await tab.setViewport({ width: 390, height: 844 })
  await click('a::-p-text(History)')
  const visible = (selector: string) =>
    tab.waitForFunction((one: string) => document.querySelector(one)?.checkVisibility(), {}, selector)
  await visible('ol')
  expect(await tab.$eval('[data-chosen]', one => getComputedStyle(one.children[1]!).display)).toBe('none')
  await click('ol li:last-child a')
  await visible('[data-difference]')
  expect(await tab.$eval('ol', one => one.checkVisibility())).toBe(false)
  await click('a::-p-text(All versions)')
  await visible('ol')
  await tab.setViewport({ width: 1280, height: 800 })
})

it('compares with the draft where nothing is public yet, and says where a draft is not kept any more', async () => {
  const [project] = (await owner.api<{ items: { id: string }[] }>('GET', '/api/projects')).items
  await owner.api('POST', '/api/campaigns', { project_id: project!.id, title: 'Lumen' })
  await tab.goto(`${pitchbeat.url}/studio/`)
  await click('a[aria-label="Go on writing Lumen"]')
  await click('a::-p-text(History)')
  await says('This is the draft as it is now.')
  const gone = `${new URL(tab.url()).pathname}?version=00000000-0000-4000-8000-000000000000`
  await tab.goto(pitchbeat.url + gone)
  await says('This draft is not kept any more.')
})
