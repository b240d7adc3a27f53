import type { Page as Tab } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Campaign, LeadItem, LinkItem, Token } from '../../src/contract/shapes.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { type Owner, ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** What is deleted can be had back for ten seconds, by its button and by Ctrl+Z; the focus goes on to the next. */

let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let tab: Tab
beforeAll(async () => {
  pitchbeat = await startPitchbeat({ bundled: true })
  owner = await ownerOf(pitchbeat)
  chromium = await startChromium()
  tab = await chromium.browser.newPage()
  tab.setDefaultTimeout(20_000)
  await owner.logIn(tab)
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
})

let campaign: string
let title: string
let count = 0
beforeEach(async () => {
  title = `Campaign ${++count}`
  campaign = (await owner.campaign({ title })).id
  await tab.goto(`${pitchbeat.url}/studio/`)
})

const click = (selector: string) => tab.locator(selector).click()
const says = (words: string) =>
  tab.waitForFunction((wanted: string) => document.body.textContent.includes(wanted), {}, words)
const saysNo = (words: string) =>
  tab.waitForFunction((wanted: string) => !document.body.textContent.includes(wanted), {}, words)
const focusOn = (name: string) =>
  tab.waitForFunction(
    (wanted: string) => {
      const { activeElement: one } = document
      return (one?.getAttribute('aria-label') ?? one?.textContent) === wanted
    },
    {},
    name,
  )
const focusInPanel = () =>
  tab.waitForFunction(() => document.activeElement?.matches('main section :is(button, select)'))
const button = (name: string) => `::-p-aria([name="${name}"][role="button"])`

async function controlZ() {
  await tab.keyboard.down('Control')
  await tab.keyboard.press('z')
  await tab.keyboard.up('Control')
}

/** Waits until the ten seconds are over: the bar is empty again. */
const over = () => tab.waitForFunction(() => !/Undo/.test(document.body.textContent))

const openCampaign = () => click(`main a::-p-text(${title})`)
const openStudies = async () => {
  await openCampaign()
  await click('main a::-p-text(Pages)')
  await click('nav a::-p-text(Case studies)')
  await tab.waitForSelector('[data-delete="study bolt"]')
}
const studies = () =>
  owner
    .api<Campaign>('GET', `/api/campaigns/${campaign}`)
    .then(({ draft }) => draft.case_studies.map(one => one.id))
const studiesAre = (ids: string[]) =>
  until(`the server has the case studies ${ids}`, async () => String(await studies()) === String(ids))

it('a case study comes back to its place by the button, with the focus on it', async () => {
  await openStudies()
  await click(button('Remove: A checkout people finish'))
  await focusOn('Remove: One design system')
  await studiesAre(['system'])
  await click(button('Undo: The case study “A checkout people finish” is deleted.'))
  await focusOn('Remove: A checkout people finish')
  await studiesAre(['bolt', 'system'])
})

it('case studies come back by Ctrl+Z, the last one first, also after the editor was left', async () => {
  await openStudies()
  await click(button('Remove: A checkout people finish'))
  await focusOn('Remove: One design system')
  await tab.keyboard.press('Enter')
  await studiesAre([])
  await click('header nav a::-p-text(Campaigns)')
  await tab.waitForSelector('h1 ::-p-text(Campaigns)')
  await controlZ()
  await studiesAre(['system'])
  await controlZ()
  await studiesAre(['bolt', 'system'])
})

it('Ctrl+Z in a field of text takes back what was typed, not what was deleted', async () => {
  await openStudies()
  await click(button('Remove: A checkout people finish'))
  await click('::-p-aria([name="Title"][role="textbox"])')
  await tab.keyboard.type('!')
  await controlZ()
  await studiesAre(['system'])
  await says('Undo')
})

async function write(name: string) {
  const [link] = (await owner.api<{ items: LinkItem[] }>('GET', `/api/campaigns/${campaign}/links`)).items
  const body = new URLSearchParams({
    lead_id: uuidv7(),
    name,
    email: 'ana?bcc=all@acme.example',
    message: `Hello from ${name}`,
  })
  const answer = await fetch(`${link!.url}/contact`, { method: 'POST', body, redirect: 'manual' })
  expect(answer.status).toBe(303)
}
const leads = async () =>
  (await owner.api<{ items: LeadItem[] }>('GET', `/api/campaigns/${campaign}/leads`)).items.map(
    lead => lead.name,
  )
const waitingInTheBar = (wanted: number) =>
  until(`the bar says that ${wanted} wait`, () =>
    tab.$eval('header nav a[href$="/leads"]', (link, n) => link.textContent.includes(`${n} waiting`), wanted),
  )
const openLeads = async () => {
  await openCampaign()
  await click('main nav a::-p-text(Leads)')
}

it('a lead is hidden at once, comes back by Ctrl+Z, and is deleted on the server after ten seconds', async () => {
  await write('Ana')
  await write('Bo')
  await openLeads()
  await waitingInTheBar(2)
  await click(button('Delete what Bo wrote'))
  await focusOn('Delete what Ana wrote')
  await saysNo('Hello from Bo')
  await waitingInTheBar(1)
  expect(await leads()).toEqual(['Bo', 'Ana'])
  await controlZ()
  await says('Hello from Bo')
  await focusOn('Delete what Bo wrote')
  await waitingInTheBar(2)

  await tab.keyboard.press('Enter')
  await saysNo('Hello from Bo')
  await over()
  await until('one lead is left', async () => String(await leads()) === 'Ana')
  await says('Hello from Ana')
})

it('what was deleted is deleted for good when the page is left within the ten seconds', async () => {
  await write('Ana')
  await openLeads()
  await click(button('Delete what Ana wrote'))
  await says('Undo')
  await tab.goto('about:blank')
  await until('no lead is left', async () => (await leads()).length === 0)
})

it('logging out deletes first what was deleted', async () => {
  await write('Ana')
  await openLeads()
  await click(button('Delete what Ana wrote'))
  await click('header button[aria-haspopup=menu]')
  await click('[role=menuitem]::-p-text(Log out)')
  await tab.waitForSelector('input[type=password]')
  expect(await leads()).toEqual([])
  await owner.logIn(tab, { stay: true })
})

it('an address with marks of its own adds nothing to the letter that answers it', async () => {
  await write('Ana')
  await openLeads()
  const href = await (await tab.waitForSelector('::-p-aria([name="Answer by e-mail"])'))!.evaluate(
    one => (one as HTMLAnchorElement).href,
  )
  expect(href).toBe('mailto:ana%3Fbcc%3Dall@acme.example')
})

it('the label of a link comes back', async () => {
  await owner.links(campaign, ['Acme'])
  await openCampaign()
  await click('main nav a::-p-text(Links)')
  await click(button('More for Acme'))
  await click('[role=menuitem]::-p-text(Edit the label)')
  await tab.waitForSelector('form input[aria-label]')
  await tab.keyboard.down('Control')
  await tab.keyboard.press('a')
  await tab.keyboard.up('Control')
  await tab.keyboard.press('Backspace')
  await tab.keyboard.press('Enter')
  await says('The label “Acme” is deleted.')
  await saysNo('More for Acme')
  await tab.waitForFunction(() => document.activeElement?.matches('[aria-haspopup=menu]'))
  await controlZ()
  await tab.waitForSelector(button('More for Acme'))
  const { items } = await owner.api<{ items: LinkItem[] }>('GET', `/api/campaigns/${campaign}/links`)
  expect(items.map(link => link.label)).toContain('Acme')
})

const openSettings = () => click('header nav a::-p-text(Settings)')

it('a token comes back, and ends after ten seconds', async () => {
  await owner.api('POST', '/api/tokens', { name: 'CI', scope: 'read' })
  const tokens = () => owner.api<{ items: Token[] }>('GET', '/api/tokens').then(({ items }) => items.length)
  await openSettings()
  await click(button('End CI'))
  await says('“CI” ends in 10 seconds')
  await focusInPanel()
  await click('button::-p-text(Undo)')
  await focusOn('End CI')
  await tab.keyboard.press('Enter')
  await over()
  await until('the token has ended', async () => (await tokens()) === 0)
})

it('a project comes back; one that has campaigns, and the only one, cannot be deleted', async () => {
  const projects = () =>
    owner
      .api<{ items: { name: string }[] }>('GET', '/api/projects')
      .then(({ items }) => items.map(one => one.name))
  const [first] = await projects()
  await openSettings()
  await tab.waitForSelector('::-p-text(Groups of campaigns)')
  expect(await tab.$('[data-delete^=project]')).toBeNull()
  await (await tab.waitForSelector('::-p-aria([name="New project"][role="textbox"])'))!.type('Second')
  await tab.keyboard.press('Enter')
  await click(button(`Delete the project ${first}`))
  await says('still has campaigns')

  await click(button('Delete the project Second'))
  await tab.waitForSelector(button(`Delete the project ${first}`), { hidden: true })
  await focusInPanel()
  await controlZ()
  await focusOn('Delete the project Second')
  await tab.keyboard.press('Enter')
  await over()
  await until('one project is left', async () => (await projects()).length === 1)
})

it('says when the server refuses to delete, and shows again what is still there', async () => {
  await write('Ana')
  await openLeads()
  await tab.setRequestInterception(true)
  tab.on('request', request => (request.method() === 'DELETE' ? request.abort('failed') : request.continue()))
  await click(button('Delete what Ana wrote'))
  await saysNo('Hello from Ana')
  await tab.waitForSelector('[role=alert] button::-p-text(OK)')
  await says('Hello from Ana')
  await click('[role=alert] button::-p-text(OK)')
  tab.removeAllListeners('request')
  await tab.setRequestInterception(false)
})
