import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core'

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export interface ChromiumOptions {
  /**
   * Looks like a reader's browser: no "Headless" in the user agent, `navigator.webdriver` false. True unless told
   * otherwise; false shows what automation looks like to Pitchbeat.
   */
  person?: boolean
  viewport?: LaunchOptions['defaultViewport']
  args?: string[]
  /** an existing folder for the profile, so that a browser can be started again with it; it is then not removed */
  profile?: string
}

export interface Chromium {
  browser: Browser
  /** the user agent its pages send */
  userAgent: string
  /** Closes it and removes its profile. */
  stop(): Promise<void>
}

/**
 * Debian's Chromium, headless, with a throwaway profile. Puppeteer leaves focus and the back/forward cache as a reader
 * has them, which is why it is used here: what emulates focus can prove nothing about active time.
 */
export async function startChromium(options: ChromiumOptions = {}): Promise<Chromium> {
  const executablePath = PROGRAMS.find(existsSync)
  if (!executablePath) throw new Error('No Chromium. Install the Debian package "chromium".')
  const userDataDir = options.profile ?? mkdtempSync(join(tmpdir(), 'pitchbeat-chromium-'))
  const launch = (args: string[]) =>
    puppeteer.launch({
      executablePath,
      userDataDir,
      headless: true,
      defaultViewport: options.viewport === undefined ? { width: 1280, height: 800 } : options.viewport,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        ...args,
        ...(options.args ?? []),
      ],
    })
  const person = options.person !== false
  let browser = await launch([])
  let userAgent = await browser.userAgent()
  if (person) {
    await browser.close()
    userAgent = userAgent.replace('HeadlessChrome', 'Chrome')
    browser = await launch(['--disable-blink-features=AutomationControlled', `--user-agent=${userAgent}`])
  }
  return {
    browser,
    userAgent,
    async stop() {
      await browser.close()
      if (!options.profile)
        rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
