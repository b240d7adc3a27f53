import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { Collector } from './collector.ts'
import type { PageSettings } from './page.ts'
import { epoch, Truth } from './truth.ts'

export const wait = (ms: number) => new Promise<void>(done => setTimeout(done, ms))

/** Awaits a condition; a scenario that waits in vain fails with what it waited for. */
export async function until(what: string, holds: () => boolean, ms = 20_000): Promise<void> {
  const end = performance.now() + ms
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}`)
    await wait(25)
  }
}

export interface LabOptions {
  browser?: 'chromium' | 'firefox'
  settings?: Partial<PageSettings>
  /** preferences of the Chromium profile */
  preferences?: object
}

/**
 * A browser of its own on an X display of its own, and a collector. Headless Chromium gives every window the focus at
 * once, and browsers on one display take it from each other; on its own Xvfb, even without a window manager, one window
 * has it, as on a desk.
 */
export class Lab {
  readonly truth = new Truth()
  readonly errors: string[] = []
  readonly collector: Collector
  readonly browser: Browser
  readonly #display: ChildProcess
  readonly #profile: string

  private constructor(collector: Collector, browser: Browser, display: ChildProcess, profile: string) {
    this.collector = collector
    this.browser = browser
    this.#display = display
    this.#profile = profile
  }

  static async open(script: string, options: LabOptions = {}): Promise<Lab> {
    const collector = await Collector.start(script, options.settings)
    const { display, name } = await startDisplay()
    const profile = mkdtempSync(join(tmpdir(), 'pitchbeat-lab-'))
    if (options.preferences) {
      mkdirSync(join(profile, 'Default'), { recursive: true })
      writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(options.preferences))
    }
    const env = { ...process.env, DISPLAY: name, MOZ_DISABLE_CONTENT_SANDBOX: '1' }
    const browser =
      options.browser === 'firefox'
        ? await puppeteer.launch({
            browser: 'firefox',
            executablePath: '/usr/bin/firefox-esr',
            headless: false,
            env,
            userDataDir: profile,
          })
        : await puppeteer.launch({
            executablePath: '/usr/bin/chromium',
            headless: false,
            env,
            userDataDir: profile,
            // what a reader's browser does not have either
            ignoreDefaultArgs: [
              '--disable-background-timer-throttling',
              '--disable-backgrounding-occluded-windows',
              '--disable-renderer-backgrounding',
            ],
            args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
          })
    if (options.browser === 'firefox') await clickIntoFirefox(browser, name)
    return new Lab(collector, browser, display, profile)
  }

  #watch(page: Page): Page {
    page.on('pageerror', error => this.errors.push(String(error)))
    return page
  }

  /** A page in the first tab, shown and focused before it is there; the reading begins with its load event. */
  async visit(path = '/p/demo', prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    const page = this.#watch((await this.browser.pages())[0] ?? (await this.browser.newPage()))
    await focus(page)
    await prepare?.(page)
    await page.goto(this.collector.origin + path, { waitUntil: 'load' })
    const early = await loadedAt(page)
    // the process of the new page is told of the focus a little later
    await focus(page)
    this.truth.begin(early, epoch())
    return page
  }

  /** Leaves the page for another in the same tab, by whatever the action does; that one is read from its load event. */
  async follow(page: Page, action: () => Promise<unknown>, path: string): Promise<void> {
    const early = epoch()
    await action()
    await page.waitForFunction(
      end => location.pathname.endsWith(end) && document.readyState === 'complete',
      { polling: 50 },
      path,
    )
    const { load, response } = await page.evaluate(() => {
      const times = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming & {
        activationStart?: number
      }
      return {
        response: performance.timeOrigin + times.responseStart,
        // a prerendered page was loaded before it was shown
        load: performance.timeOrigin + Math.max(times.loadEventStart, times.activationStart ?? 0),
      }
    })
    await focus(page)
    this.truth.end(early, Math.max(early, response))
    this.truth.begin(Math.max(early, load), epoch())
  }

  /** Another tab in the same window, in front. The page that was in front is hidden from now on. */
  async tab(path = '/elsewhere'): Promise<Page> {
    const page = await this.truth.ends(() => this.browser.newPage())
    await this.#watch(page).goto(this.collector.origin + path)
    return page
  }

  /** Another window, with the focus. */
  window(path = '/elsewhere'): Promise<Page> {
    return this.truth.ends(() => this.#open(path, { newWindow: true }))
  }

  /** A tab behind the present one. */
  background(path: string): Promise<Page> {
    return this.#open(path, { background: true })
  }

  async #open(path: string, how: { newWindow?: boolean; background?: boolean }): Promise<Page> {
    const session = await this.browser.target().createCDPSession()
    const { targetId } = await session.send('Target.createTarget', {
      url: this.collector.origin + path,
      ...how,
    })
    const target = await this.browser.waitForTarget(
      one => (one as unknown as { _targetId: string })._targetId === targetId,
    )
    const page = this.#watch((await target.page())!)
    await page.waitForFunction(() => document.readyState === 'complete', { polling: 50 })
    return page
  }

  /** Back in front and focused; read from now on. */
  front(page: Page): Promise<void> {
    return this.truth.begins(() => focus(page))
  }

  /** From the page in front to another one. */
  async turn(page: Page): Promise<void> {
    const early = epoch()
    await focus(page)
    const late = epoch()
    this.truth.end(early, late)
    this.truth.begin(early, late)
  }

  /** What came before was preparation. */
  forget(): void {
    this.truth.forget()
    this.collector.received.length = 0
  }

  /** Ends the reading, and waits until what was said of it has arrived. */
  async closeTab(page: Page): Promise<void> {
    await this.heard(() => this.truth.ends(() => page.close()))
  }

  /** What the action makes the page say has arrived: something, and then nothing more for a while. */
  async heard(action: () => unknown, ms = 700): Promise<void> {
    let count = this.collector.received.length
    await action()
    await until('something arrived', () => this.collector.received.length > count, 6_000).catch(() => {})
    do {
      count = this.collector.received.length
      await wait(ms)
    } while (count !== this.collector.received.length)
  }

  get pid(): number {
    return this.browser.process()!.pid!
  }

  /** Kills every renderer, as the system does when memory runs out. */
  killRenderers(): void {
    const early = epoch()
    for (const [pid, command] of processesUnder(this.pid))
      if (command.includes('--type=renderer')) process.kill(pid, 'SIGKILL')
    this.truth.end(early, epoch())
  }

  /** As when the lid is closed: nothing of the browser runs for so long. */
  async sleep(ms: number): Promise<void> {
    const all = [this.pid, ...processesUnder(this.pid).map(([pid]) => pid)]
    const early = epoch()
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    this.truth.end(early, epoch())
    await wait(ms)
    const again = epoch()
    for (const pid of all) process.kill(pid, 'SIGCONT')
    this.truth.begin(again, epoch())
  }

  killBrowser(): void {
    const all = processesUnder(this.pid)
    const early = epoch()
    process.kill(this.pid, 'SIGKILL')
    this.truth.end(early, epoch())
    for (const [pid] of all)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // gone with its parent
      }
  }

  async close(): Promise<void> {
    await this.browser.close().catch(() => {})
    this.#display.kill('SIGKILL')
    await this.collector.close()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function focus(page: Page): Promise<void> {
  await page.bringToFront()
  // polled, as a page that is not shown gets no animation frames
  await page.waitForFunction(() => document.hasFocus() && !document.hidden, { polling: 20 })
}

/**
 * Firefox gives a window the focus when the X server does, and its page when somebody clicks into it. No command of
 * WebDriver does either; afterwards it follows the tabs as for a reader.
 */
async function clickIntoFirefox(browser: Browser, display: string): Promise<void> {
  const [page] = await browser.pages()
  // its last tab stays when it is closed, and its page is read on
  await browser.newPage()
  await page!.bringToFront()
  for (let tries = 0; !(await page!.evaluate(() => document.hasFocus())); tries++) {
    if (tries === 20) throw new Error('Firefox did not take the focus')
    execFileSync('xdotool', ['mousemove', '700', '800', 'click', '1'], {
      env: { ...process.env, DISPLAY: display },
    })
    await wait(250)
  }
}

/** When the load event of a page was, on the clock of `epoch()`. */
const loadedAt = (page: Page) =>
  page.evaluate(
    () =>
      performance.timeOrigin +
      (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventStart,
  )

/** Xvfb picks a free display itself and says which. */
function startDisplay(): Promise<{ display: ChildProcess; name: string }> {
  const display = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  return new Promise((resolve, reject) => {
    display.on('error', () =>
      reject(new Error('Xvfb is missing; on Debian: apt-get install -y --no-install-recommends xvfb')),
    )
    display.on('exit', code => reject(new Error(`Xvfb ended with ${code}`)))
    display.stdio[3]!.once('data', (data: Buffer) => resolve({ display, name: `:${data.toString().trim()}` }))
  })
}

/** Children, their children and so on, with their command lines. */
function processesUnder(root: number): [number, string][] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name))
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]))
      } catch {
        // ended meanwhile
      }
  const under = (pid: number): boolean => pid === root || (parents.has(pid) && under(parents.get(pid)!))
  return [...parents.keys()]
    .filter(pid => pid !== root && under(pid))
    .map(pid => [pid, readFileSync(`/proc/${pid}/cmdline`, 'utf8')])
}
