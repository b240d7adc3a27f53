import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Rig, startRig } from '../faults/rig.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { ownerOf } from '../servers/owner.ts'
import { until } from '../servers/until.ts'

/** A page that waited for Redis would wait for its deadlines, up to 5 s, or for ever. */
const SOON_MS = 3_000

let chromium: Chromium
let rig: Rig
beforeAll(async () => {
  chromium = await startChromium()
})
afterEach(() => rig?.stop())
afterAll(() => chromium?.stop())

/** Loads or submits, and waits for the page that follows. */
async function turn(tab: Page, doing: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await Promise.all([tab.waitForNavigation({ waitUntil: 'load' }), doing()])
  return performance.now() - begun
}

test.each([
  ['killed', (rig: Rig) => rig.redis!.kill9(), (rig: Rig) => rig.redis!.start()],
  ['frozen', async (rig: Rig) => rig.redis!.freeze(), async (rig: Rig) => rig.redis!.thaw()],
] as const)(
  'with Redis %s a reader reads, turns pages and writes as ever, and what the tracker held arrives afterwards',
  async (how, take, give) => {
    rig = await startRig(`Chromium, Redis ${how}`, {})
    const web = await rig.web()
    await rig.worker()
    const owner = await ownerOf(web)
    const campaign = await owner.campaign()
    const [link] = await owner.links(campaign.id, ['Acme'])
    await take(rig)

    const tab = await chromium.browser.newPage()
    const broken: string[] = []
    let heard = false
    tab.on('pageerror', error => broken.push(String(error)))
    tab.on('console', message => {
      // What the browser itself notes of an answer that is no success.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        broken.push(message.text())
    })
    tab.on('response', answer => {
      // Told by its own view, the second of the contact page: a refusal that the page which stays open hears. Those of
      // the pages before may come when they are gone.
      const own = answer
        .request()
        .postData()
        ?.match(/"page":"contact"/g)
      heard ||= answer.status() === 503 && own?.length === 2
    })
    const waits = [await turn(tab, () => tab.goto(`${web.url}/p/${link!.slug}`))]
    expect(await tab.content()).toContain('I make checkouts people finish.')
    waits.push(await turn(tab, () => tab.click('nav .next')))
    expect(await tab.content()).toContain('A checkout people finish')
    waits.push(await turn(tab, () => tab.click('nav .next')))
    await tab.type('#name', 'Jonas Brandt')
    await tab.type('#email', 'j.brandt@halden.example')
    await tab.type('#message', 'Hello Mara')
    waits.push(await turn(tab, () => tab.click('form.row button')))
    expect(new URL(tab.url()).search).toBe('?sent')
    expect(Math.max(...waits)).toBeLessThan(SOON_MS)
    const { rows: leads } = await rig.pool.query('select name from pitchbeat.leads')
    expect(leads).toEqual([{ name: 'Jonas Brandt' }])

    await until('a beat to be refused', () => heard, { timeoutMs: 60_000 })
    const stored = async (what: string, table: string) =>
      (await rig.pool.query(`select ${what} as one from internal.${table} order by 1`)).rows.map(
        row => row.one,
      )
    expect(await stored('page', 'views')).toEqual([])
    await give(rig)
    // The whole visit, that of earlier pages included: one session, a view of each document, two turns of the page.
    const pages = ['case_studies', 'contact', 'contact', 'summary']
    await until('it to arrive', async () => (await stored('page', 'views')).length === pages.length, {
      timeoutMs: 60_000,
    })
    expect(await stored('page', 'views')).toEqual(pages)
    expect(await stored('type', 'events')).toEqual([
      'forward_navigation',
      'forward_navigation',
      'lead_submit',
      'link_open',
    ])
    expect(await stored('active_ms > 0', 'sessions')).toEqual([true])
    expect(broken).toEqual([])
    await tab.close()
  },
)
