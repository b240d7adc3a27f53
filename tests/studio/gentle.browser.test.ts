import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Chromium, startChromium } from '../servers/chromium.ts'
import { freePort } from '../servers/free_port.ts'
import { type Owner, ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'

/** How the studio asks, seen from the server: through a proxy that can slow one report down. */

interface Seen {
  path: string
  began: number
  ended: number | null
  aborted: boolean
}
const seen: Seen[] = []
let slow: RegExp | null = null
let proxy: Server
let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let panel: Page
let campaign: { id: string }
let beat: (active_ms: number) => Promise<void>

const SLOW_MS = 2_500

/** Passes a request on, the slow report after a while. */
function pass(incoming: IncomingMessage, answer: import('node:http').ServerResponse, port: number) {
  const one: Seen = { path: incoming.url!, began: Date.now(), ended: null, aborted: false }
  seen.push(one)
  answer.on('close', () => {
    one.ended = Date.now()
    one.aborted = !answer.writableFinished
  })
  const { method, headers, url } = incoming
  const forward = () => {
    const onward = request({ port, host: '127.0.0.1', method, headers, path: url }, reply => {
      answer.writeHead(reply.statusCode!, reply.headers)
      reply.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    incoming.pipe(onward)
  }
  if (slow?.test(url!)) setTimeout(forward, SLOW_MS)
  else forward()
}

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

const text = () => panel.evaluate(() => document.body.textContent)
const shows = (words: string) =>
  until(`the screen shows “${words}”`, async () => (await text()).includes(words))
/** Clicks what carries these words: in the bar on top, else on the screen. */
const click = async (words: string) => {
  const within = ['Campaigns', 'All leads', 'Settings'].includes(words) ? 'header' : 'main'
  const link = panel.locator(
    `::-p-xpath(//${within}//*[self::a or self::button][contains(., ${JSON.stringify(words.replace('All leads', 'Leads'))})])`,
  )
  await link.click()
}
const LOST = 'The server does not answer.'

beforeAll(async () => {
  const port = await freePort()
  proxy = createServer((incoming, answer) => pass(incoming, answer, port))
  await new Promise<void>(ready => proxy.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  pitchbeat = await startPitchbeat({ bundled: true, port, env: { BASE_URL: url } })
  const behind = { ...pitchbeat, url, setupCode: pitchbeat.setupCode }
  chromium = await startChromium()
  owner = await ownerOf(behind)
  campaign = await owner.campaign()
  await owner.campaign({ title: 'Nobody reads this one' })
  const [link] = await owner.links(campaign.id, ['Acme, recruiter'])
  beat = await readerOf(link!.url)
  await beat(1_000)
  await until('the reader is saved', async () => (await owner.figures(campaign.id)).new_sessions === 1)
  panel = await chromium.browser.newPage()
  await owner.logIn(panel)
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
  proxy?.close()
})

describe('while somebody reads', () => {
  it('asks for each report again and again, one request at a time, and cancels none, however slow one is', async () => {
    await click('Acme, senior product designer')
    await shows('Total Actual Sessions')
    slow = /\/reports\/pages/
    seen.length = 0
    const began = Date.now()
    for (let second = 1; second <= 15; second++) {
      await beat(1_000 + second * 1_000)
      await new Promise(resolve => setTimeout(resolve, began + second * 1_000 - Date.now()))
    }
    const lasted = Date.now()
    slow = null
    const reports = new Map<string, Seen[]>()
    for (const one of seen.filter(
      ({ path }) => /\/(figures|reports)/.test(path) && path.includes(campaign.id),
    ))
      reports.set(one.path, [...(reports.get(one.path) ?? []), one])
    expect([...reports.keys()].some(path => path.includes('/reports/pages'))).toBe(true)
    expect(reports.size).toBeGreaterThan(6)
    for (const [path, asked] of reports) {
      expect([path, asked.filter(one => one.aborted)]).toEqual([path, []])
      const ends = asked.map(one => one.ended ?? lasted)
      asked.slice(1).forEach((one, index) => {
        // the next one begins after the one before has ended
        expect(one.began, path).toBeGreaterThanOrEqual(ends[index]!)
      })
      const ages = [...asked.map(one => one.began), lasted].map(
        (at, index) => at - (index > 0 ? asked[index - 1]!.began : began),
      )
      // an answer is as old as its question: none on the screen gets older than 5 s, the slow one included
      expect(Math.max(...ages), path).toBeLessThan(5_000)
    }
  })

  it('asks nothing of a campaign that nobody reads', async () => {
    await panel.goBack()
    await click('Nobody reads this one')
    await shows('Nobody has opened this')
    seen.length = 0
    for (let second = 1; second <= 4; second++) {
      await beat(20_000 + second * 1_000)
      await until(
        'the studio heard of it',
        async () => seen.filter(one => one.path === '/api/live').length > 2 * second,
      )
    }
    // the screen's own rhythm of 10 s may pass once
    const asked = seen.filter(one => one.path.startsWith('/api/campaigns/')).map(one => one.path)
    expect(asked.length).toBe(new Set(asked).size)
  })

  it('asks nothing at all in a hidden tab', async () => {
    const other = await chromium.browser.newPage()
    await other.bringToFront()
    await until('the studio is hidden', () => panel.evaluate(() => document.visibilityState === 'hidden'))
    seen.length = 0
    for (let second = 1; second <= 3; second++) {
      await beat(30_000 + second * 1_000)
      await new Promise(resolve => setTimeout(resolve, 1_000))
    }
    expect(seen.filter(one => one.path.startsWith('/api/'))).toEqual([])
    await other.close()
    await panel.bringToFront()
  })
})

/** From the screen before, the way a person goes; each with something that stands on it. */
const WAY: [click: string, stands: string][] = [
  ['Campaigns', 'Nobody reads this one'],
  ['New campaign', 'Start writing'],
  ['Campaigns', 'Nobody reads this one'],
  ['Acme, senior product designer', 'Total Actual Sessions'],
  ['Sessions', 'Acme, recruiter'],
  ['Links', 'Make links'],
  ['Leads', 'Nobody has written'],
  ['Edit', 'Mara Ilves'],
  ['All leads', 'Nobody has written'],
  ['Settings', 'API tokens'],
]

describe('a server that does not answer', () => {
  it('is said on every screen, whose contents stay, and the screen goes on by itself', async () => {
    const took: string[] = []
    for (const [words, stands] of WAY) {
      await click(words)
      await shows(stands)
      const began = Date.now()
      pitchbeat.kill('SIGSTOP')
      await shows(LOST)
      took.push(`${words} ${Date.now() - began} ms`)
      expect(await text()).toContain(stands)
      pitchbeat.kill('SIGCONT')
      await until('the server is back', async () => !(await text()).includes(LOST))
      expect(await text()).toContain(stands)
    }
    console.log(`said after: ${took.join(', ')}`)
  })

  it('a screen whose code could not be fetched is shown when the server is back', async () => {
    await panel.goto(`${new URL(panel.url()).origin}/studio/`)
    await shows('Nobody reads this one')
    await pitchbeat.kill9()
    await shows(LOST)
    await click('Settings')
    await until('the place of the screen is kept', () =>
      panel.evaluate(() => document.querySelector('[role=status][aria-label]') !== null),
    )
    let loads = 0
    panel.on('domcontentloaded', () => loads++)
    await pitchbeat.start()
    await shows('API tokens')
    await until('the server is back', async () => !(await text()).includes(LOST))
    expect(loads).toBe(0)
  })
})
