import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type CookieData, PredefinedNetworkConditions } from 'puppeteer-core'
import { startChild } from '../tests/servers/child.ts'
import { startChromium } from '../tests/servers/chromium.ts'
import { freePort } from '../tests/servers/free_port.ts'
import { median } from './figures.ts'
import type { Measure } from './measure.ts'

const ROUNDS = 5
/** The most that the largest paint of the list of campaigns may take, in ms, median. */
const LIST_MS = 2_500

/** The demo as a process, and the login cookie of its owner. */
export async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-paint-'))
  const url = `http://127.0.0.1:${await freePort()}`
  const demo = startChild(['node', 'dist/main.js', 'demo'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: tmpdir(),
      PORT: new URL(url).port,
      INTERNAL_PORT: '0',
      BASE_URL: url,
      DATA_DIR: folder,
    },
  })
  const word = async (name: string) => (await demo.line(new RegExp(`^${name}: `), 300_000)).split(': ')[1]!
  const login = { password: await word('password'), email: await word('e-mail') }
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify(login),
  })
  if (!answer.ok) throw new Error(`The demo's login answered ${answer.status}.`)
  const cookies = answer.headers.getSetCookie().map(line => {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
    return { name: name!, value: value!, domain: '127.0.0.1', path: '/' }
  })
  const Cookie = cookies.map(one => `${one.name}=${one.value}`).join('; ')
  const api = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(url + path, {
      method,
      headers: { Cookie, Origin: url, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}.`)
    return answer.json()
  }
  const { items } = await api('GET', '/api/campaigns')
  return {
    url,
    cookies,
    api,
    campaign: items.find((one: { figures: { actual_sessions: number } }) => one.figures.actual_sessions > 0)
      .id as string,
    async stop() {
      demo.kill('SIGTERM')
      await demo.gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Milliseconds until the largest paint of a first visit on a phone, with nothing cached.
 * @param slow over Slow 4G and on a processor slowed to a quarter
 */
export async function largestPaint(
  browser: Browser,
  address: string,
  cookies: CookieData[],
  slow = true,
): Promise<number> {
  const visit = await browser.createBrowserContext()
  try {
    await visit.setCookie(...cookies)
    const page = await visit.newPage()
    await page.setViewport({ width: 360, height: 740, isMobile: true, hasTouch: true, deviceScaleFactor: 2 })
    await page.evaluateOnNewDocument(() => {
      new PerformanceObserver(list => {
        for (const entry of list.getEntries()) Object.assign(window, { largest: entry.startTime })
      }).observe({ type: 'largest-contentful-paint', buffered: true })
    })
    if (slow) {
      await page.emulateNetworkConditions(PredefinedNetworkConditions['Slow 4G'])
      await page.emulateCPUThrottling(4)
    }
    await page.goto(address, { waitUntil: 'load', timeout: 60_000 })
    // What is still waited for has a skeleton with a name in its place.
    await page.waitForFunction(
      () => document.querySelector('h1') && !document.querySelector('[role=status][aria-label]'),
      { timeout: 60_000 },
    )
    await page.waitForNetworkIdle({ idleTime: 1_500, concurrency: 1, timeout: 60_000 }).catch(() => {})
    return await page.evaluate(() => (window as unknown as { largest: number }).largest)
  } finally {
    await visit.close()
  }
}

/** The largest paint of the studio's screens, each opened by its address on a phone with a slow line. */
export async function paint(): Promise<Measure> {
  const demo = await startDemo()
  const chromium = await startChromium()
  const campaign = `campaigns/${demo.campaign}`
  const screens: [string, string, CookieData[]][] = [
    ['login', '', []],
    ['campaigns', '', demo.cookies],
    ['performance', campaign, demo.cookies],
    ['sessions', `${campaign}/sessions`, demo.cookies],
    ['links', `${campaign}/links`, demo.cookies],
    ['leads of a campaign', `${campaign}/leads`, demo.cookies],
    ['editor', `${campaign}/pages`, demo.cookies],
    ['all leads', 'leads', demo.cookies],
    ['settings', 'settings', demo.cookies],
  ]
  try {
    const found = new Map<string, number[]>(screens.map(([name]) => [name, []]))
    for (let round = 1; round <= ROUNDS; round++) {
      for (const [name, path, cookies] of screens)
        found.get(name)!.push(await largestPaint(chromium.browser, `${demo.url}/studio/${path}`, cookies))
      process.stderr.write(`paint: ${round} of ${ROUNDS}\n`)
    }
    const list = median(found.get('campaigns')!)
    return {
      name: 'Paint',
      failed:
        list > LIST_MS
          ? [`the largest paint of the list of campaigns takes ${list.toFixed(0)} ms of ${LIST_MS}`]
          : [],
      what: `The studio of the demo as a phone sees it for the first time: nothing cached, Slow 4G (1.4 Mbit/s, 562 ms), a
processor slowed to a quarter. Largest Contentful Paint, medians of ${ROUNDS} visits, the screens by turns.`,
      lines: [...found].map(([name, values]) => [name, `${median(values).toFixed(0)} ms`]),
    }
  } finally {
    await chromium.stop()
    await demo.stop()
  }
}
