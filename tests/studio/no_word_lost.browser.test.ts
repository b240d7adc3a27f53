import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page as Tab } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Campaign, Pages } from '../../src/contract/shapes.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { EMAIL, logInTo, type Owner, ownerOf, PASSWORD, samplePages } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** What an owner types is never lost and never called saved before it is: server, browser and login may end at any time. */

const OTHER = { email: 'tom@other.example', password: 'another-long-password', name: 'Tom Other' }
const profile = mkdtempSync(join(tmpdir(), 'pitchbeat-profile-'))

let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let tab: Tab
/** each test writes in a campaign of its own, which is never published */
let campaign: { id: string; title: string }
let count = 0

beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true, env: { SIGN_UP: 'open' } })
  owner = await ownerOf(pitchbeat)
  chromium = await startChromium({ profile })
})
beforeEach(async () => {
  // what a failed test left behind would fail the next ones too
  if (!pitchbeat.running()) await pitchbeat.start()
  if (!chromium.browser.connected) chromium = await startChromium({ profile })
  const [project] = (await owner.api<{ items: { id: string }[] }>('GET', '/api/projects')).items
  const title = `Campaign ${++count}`
  const body = { project_id: project!.id, title, pages: samplePages() }
  campaign = { id: (await owner.api<Campaign>('POST', '/api/campaigns', body)).id, title }
  tab = await newTab()
  await enter(tab)
})
afterEach(async () => {
  if (chromium.browser.connected) await tab?.close()
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

async function newTab(): Promise<Tab> {
  const made = await chromium.browser.newPage()
  made.setDefaultTimeout(20_000)
  made.on('dialog', dialog => void dialog.accept())
  return made
}

/** Opens the studio, and logs in where that is asked for. */
async function enter(here: Tab, who = { email: EMAIL, password: PASSWORD }) {
  await here.goto(`${pitchbeat.url}/studio/`)
  await here.waitForSelector('input[type=password], h1 ::-p-text(Campaigns), ::-p-text(No campaign yet)')
  if (await here.$('input[type=password]')) await logIn(here, who)
  await here.waitForSelector('::-p-text(Campaigns)')
}

async function logIn(here: Tab, { email, password }: { email: string; password: string }) {
  const name = await here.waitForSelector('input[type=email]')
  await name!.click({ count: 3 })
  await name!.type(email)
  await (await here.waitForSelector('input[type=password]'))!.type(password)
  await here.keyboard.press('Enter')
  await here.waitForFunction(() => !document.querySelector('input[type=password]'))
}

async function click(here: Tab, selector: string) {
  await here.locator(selector).click()
}

const says = (here: Tab, words: string) =>
  here.waitForFunction((wanted: string) => document.body.textContent.includes(wanted), {}, words)
const text = (here: Tab) => here.evaluate(() => document.body.textContent)

/** From the list of campaigns to the editor. */
async function openEditor(here: Tab) {
  await click(here, `a[aria-label="Go on writing ${campaign.title}"]`)
  await here.waitForSelector(SENTENCE)
}

const field = (name: string) => `::-p-aria([name="${name}"][role="textbox"])`
/** The first long field of the first page; not by its name, which is hidden while a sheet is over it. */
const SENTENCE = 'textarea'
const sentence = (here: Tab) => here.$eval(SENTENCE, one => (one as HTMLTextAreaElement).value)

async function typeSentence(here: Tab, words: string) {
  await typeAtEnd(here, SENTENCE, words)
}

async function typeAtEnd(here: Tab, selector: string, words: string) {
  await click(here, selector)
  await here.keyboard.down('Control')
  await here.keyboard.press('End')
  await here.keyboard.up('Control')
  await here.keyboard.type(words)
}

const draft = async () => (await owner.api<Campaign>('GET', `/api/campaigns/${campaign.id}`)).draft
const saved = (what: string, holds: (pages: Pages) => boolean) =>
  until(`the server has ${what}`, async () => holds(await draft()))

/** Ends the login on the server; the browser goes on sending its cookie, as one whose login has expired. */
async function endLogin(here: Tab) {
  const cookies = await chromium.browser.cookies()
  const answer = await fetch(`${pitchbeat.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: {
      Origin: pitchbeat.url,
      'Content-Type': 'application/json',
      Cookie: cookies.map(one => `${one.name}=${one.value}`).join('; '),
    },
    body: '{}',
  })
  expect(answer.status).toBe(200)
  await here.bringToFront()
}

it('keeps what was typed while the server was away, does not call it saved, and saves it when the server is back', async () => {
  await openEditor(tab)
  await pitchbeat.terminate()
  await typeSentence(tab, ' Typed while away.')
  await says(tab, 'Not saved')

  await click(tab, 'nav ::-p-text(Campaigns)')
  await tab.waitForSelector('h1 ::-p-text(Campaigns)')
  await says(tab, `“${campaign.title}” has words`)

  await tab.goBack()
  await tab.waitForSelector(SENTENCE)
  expect(await sentence(tab)).toMatch(/Typed while away\.$/)
  await says(tab, 'Not saved')
  expect(await text(tab)).not.toContain('Draft saved')

  await pitchbeat.start()
  await says(tab, 'Draft saved')
  expect((await draft()).summary.sentence).toMatch(/Typed while away\.$/)
})

it('goes on saving from another screen', async () => {
  await openEditor(tab)
  await pitchbeat.terminate()
  await typeSentence(tab, ' Saved from the list.')
  await click(tab, 'nav ::-p-text(Campaigns)')
  await says(tab, `“${campaign.title}” has words`)
  await pitchbeat.start()
  await saved('the words', pages => pages.summary.sentence.endsWith('Saved from the list.'))
  await tab.waitForFunction(
    (words: string) => !document.body.textContent.includes(words),
    {},
    `“${campaign.title}” has words`,
  )
})

it('puts the words back after a reload, says from when they are, and gives the saved text where that is wanted', async () => {
  await openEditor(tab)
  const before = await sentence(tab)
  let lost = true
  await tab.setRequestInterception(true)
  tab.on('request', request => (lost && request.method() === 'PUT' ? request.abort() : request.continue()))
  await typeSentence(tab, ' Before the reload.')
  await says(tab, 'Not saved')
  await tab.reload()

  await tab.waitForSelector(SENTENCE)
  expect(await sentence(tab)).toBe(`${before} Before the reload.`)
  await says(tab, 'These words are from today,')
  await says(tab, 'Not saved')
  lost = false
  await saved('the words', pages => pages.summary.sentence.endsWith('Before the reload.'))

  await click(tab, 'button::-p-text(Use what the server had)')
  expect(await sentence(tab)).toBe(before)
  await saved('the text from before', pages => pages.summary.sentence === before)
  await click(tab, 'button::-p-text(Put my words back)')
  await saved('the words again', pages => pages.summary.sentence.endsWith('Before the reload.'))
})

it('loses no key that was pressed just before a reload', async () => {
  await openEditor(tab)
  for (const words of [' At once.', ' And again.', ' A third time.']) {
    await typeSentence(tab, words)
    await tab.reload()
    await tab.waitForSelector(SENTENCE)
    expect(await sentence(tab)).toMatch(new RegExp(`${words}$`))
  }
  await saved('all of it', pages => pages.summary.sentence.endsWith(' At once. And again. A third time.'))
})

it('offers the words of every tab again, with their time, after the browser was killed and started again', async () => {
  await openEditor(tab)
  const other = await newTab()
  await enter(other)
  await openEditor(other)
  await pitchbeat.terminate()
  await typeSentence(other, ' Of the second tab.')
  await says(other, 'Not saved')
  await tab.bringToFront()
  await typeSentence(tab, ' Before the crash.')
  await says(tab, 'Not saved')
  const browser = chromium.browser.process()!
  const gone = new Promise(resolve => browser.once('exit', resolve))
  browser.kill('SIGKILL')
  await gone
  await pitchbeat.start()
  chromium = await startChromium({ profile })

  tab = await newTab()
  await enter(tab)
  await says(tab, `“${campaign.title}” has words from today,`)
  expect((await draft()).summary.sentence).not.toMatch(/Before the crash\.$/)
  await click(tab, '[role=status] a')
  await tab.waitForSelector(SENTENCE)
  expect(await sentence(tab)).toMatch(/Before the crash\.$/)
  await says(tab, 'These words are from today,')
  await saved('the words that were typed last', pages => pages.summary.sentence.endsWith('Before the crash.'))

  await click(tab, 'nav ::-p-text(Campaigns)')
  await says(tab, `“${campaign.title}” has words from today,`)
  await click(tab, '[role=status] a')
  await says(tab, 'saved somewhere else')
  expect(await text(tab)).toContain('Of the second tab.')
  expect((await draft()).summary.sentence).toMatch(/Before the crash\.$/)
  await click(tab, 'button::-p-text(Keep all that is here)')
  await saved('the words of the other tab', pages => pages.summary.sentence.endsWith('Of the second tab.'))
})

it('asks for the login over the screen, keeps what is on it, and goes on', async () => {
  await openEditor(tab)
  await endLogin(tab)
  await tab.$eval(SENTENCE, one => Object.assign(one, { same: true }))
  await typeSentence(tab, ' Typed after the login ended.')
  await tab.waitForSelector('[role=dialog] input[type=password]')
  expect(await sentence(tab)).toMatch(/Typed after the login ended\.$/)
  await tab.waitForFunction(() => document.activeElement?.matches('input[type=password]'))
  await tab.keyboard.press('Escape')
  await tab.keyboard.type(PASSWORD)
  await tab.keyboard.press('Enter')
  await says(tab, 'Draft saved')
  expect(await tab.$('[role=dialog]')).toBeNull()
  expect((await draft()).summary.sentence).toMatch(/Typed after the login ended\.$/)
  // the very same field, with the focus back in it
  expect(await tab.evaluate(() => 'same' in document.activeElement!)).toBe(true)
})

it('goes on with what was asked for when the login had ended, also where nothing is typed', async () => {
  await click(tab, 'a::-p-text(New campaign)')
  await (await tab.waitForSelector('input[name=title]'))!.type(`${campaign.title}, once more`)
  await endLogin(tab)
  await tab.keyboard.press('Enter')
  await (await tab.waitForSelector('[role=dialog] input[type=password]'))!.type(PASSWORD)
  await tab.keyboard.press('Enter')
  await tab.waitForSelector(SENTENCE)
  expect(await tab.$eval('h1', title => title.textContent)).toBe(`${campaign.title}, once more`)
})

it('starts a fresh studio for somebody else, and keeps the words for whom they belong to', async () => {
  await openEditor(tab)
  await endLogin(tab)
  await typeSentence(tab, ' Mara’s own words.')
  await tab.waitForSelector('[role=dialog] input[type=password]')
  const headers = { Origin: pitchbeat.url, 'Content-Type': 'application/json' }
  const owner = await logInTo(pitchbeat)
  const { code } = await owner.api<{ code: string }>('POST', '/api/invitations')
  await fetch(`${pitchbeat.url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...OTHER, invitation: code }),
  })
  await logIn(tab, OTHER)
  await says(tab, 'No campaign yet')
  expect(new URL(tab.url()).pathname).toBe('/studio/')
  expect(await text(tab)).not.toContain(campaign.title)

  await logOut(tab)
  await logIn(tab, { email: EMAIL, password: PASSWORD })
  await says(tab, `“${campaign.title}” has words from today,`)
  expect((await draft()).summary.sentence).not.toContain('Mara’s own words.')
  await click(tab, '[role=status] a')
  await tab.waitForSelector(SENTENCE)
  expect(await sentence(tab)).toMatch(/Mara’s own words\.$/)
  await saved('the words', pages => pages.summary.sentence.endsWith('Mara’s own words.'))
})

it('shows the texts of two tabs side by side, and takes each field from the tab that was chosen', async () => {
  await openEditor(tab)
  const other = await newTab()
  await enter(other)
  await openEditor(other)
  await other.setOfflineMode(true)
  await typeSentence(other, ' Of the other tab.')
  await typeAtEnd(other, field('Text'), ' The other text.')
  await says(other, 'Not saved')

  await tab.bringToFront()
  await typeSentence(tab, ' Of the first tab.')
  await typeAtEnd(tab, field('Text'), ' The first text.')
  await typeAtEnd(tab, field('For whom'), '!')
  await saved('what the first tab wrote', pages => pages.summary.for_whom.endsWith('!'))

  await other.bringToFront()
  await other.setOfflineMode(false)
  await says(other, 'saved somewhere else')
  const fields = await other.$$eval('fieldset[data-difference]', all =>
    all.map(one => [
      one.querySelector('legend')!.textContent,
      one.querySelector<HTMLInputElement>('input:checked')!.value,
    ]),
  )
  // what only the first tab changed comes from there unless told otherwise
  expect(fields).toEqual([
    ['For whom', 'theirs'],
    ['One sentence', 'ours'],
    ['Text', 'ours'],
  ])
  await click(other, 'fieldset[data-difference="summary.body"] input[value=theirs]')
  await click(other, 'button::-p-text(Go on with what is chosen)')
  await says(other, 'Draft saved')
  const { summary } = await draft()
  expect(summary.sentence).toMatch(/Of the other tab\.$/)
  expect(summary.body).toContain('The first text.')
  expect(summary.for_whom).toMatch(/!$/)
  expect(await sentence(other)).toBe(summary.sentence)
  await other.close()
})

it('asks on logging out whether words that are not saved are kept or thrown away', async () => {
  await openEditor(tab)
  await click(tab, 'nav a::-p-text(Contact)')
  const address = field('Its address')
  await click(tab, address)
  await tab.keyboard.down('Control')
  await tab.keyboard.press('A')
  await tab.keyboard.up('Control')
  await tab.keyboard.type('half an address')
  await says(tab, 'Draft saved')
  await says(tab, 'except for what is marked')

  await logOut(tab)
  await says(tab, 'not saved yet')
  await click(tab, '[role=dialog] button::-p-text(Keep, log out)')
  await logIn(tab, { email: EMAIL, password: PASSWORD })
  await says(tab, `“${campaign.title}” has words from today,`)
  await click(tab, '[role=status] button::-p-text(Throw away)')
  await says(tab, 'gone for good')
  expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('Keep')
  await tab.keyboard.press('Enter')
  await says(tab, `“${campaign.title}” has words from today,`)

  await logOut(tab)
  await says(tab, 'not saved yet')
  await click(tab, '[role=dialog] button::-p-text(Throw away, log out)')
  await logIn(tab, { email: EMAIL, password: PASSWORD })
  await openEditor(tab)
  expect(await text(tab)).not.toContain('has words from')
  await click(tab, 'nav a::-p-text(Contact)')
  expect(await tab.$eval(address, one => (one as HTMLInputElement).value)).toBe('')
})

async function logOut(here: Tab) {
  await click(here, 'header button[aria-haspopup=menu]')
  await click(here, '[role=menuitem]::-p-text(Log out)')
}
