import { mkdirSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { startChromium } from '../tests/servers/chromium.ts'
import { ACME, LUMEN, NOW } from '../tests/studio/sample/campaigns.ts'
import { startSampleServer } from '../tests/studio/sample/server.ts'
import { TOLD } from '../tests/studio/sample/sessions.ts'

/**
 * Takes the pictures of docs/screens/studio-*.png from the built studio (`npm run build` first) and a sample of
 * figures, at a fixed moment. `node --import tsx scripts/studio_pictures.ts [folder] [part of a name]`
 */
const [folder = 'docs/screens', only = ''] = process.argv.slice(2)

const openVerdict = (tab: Page) => tab.click('main summary[class*=button]')
const SCREENS: Array<{ name: string; path: string; act?: (tab: Page) => Promise<void> }> = [
  { name: 'campaigns', path: '' },
  { name: 'performance', path: `campaigns/${ACME}` },
  { name: 'session', path: `campaigns/${ACME}/sessions/${TOLD}`, act: openVerdict },
  { name: 'empty', path: `campaigns/${LUMEN}` },
  { name: 'editor', path: `campaigns/${ACME}/pages` },
  { name: 'sessions', path: `campaigns/${ACME}/sessions` },
  { name: 'history', path: `campaigns/${ACME}/history` },
  { name: 'links', path: `campaigns/${ACME}/links` },
  { name: 'leads', path: 'leads' },
  { name: 'settings', path: 'settings' },
  { name: 'new-campaign', path: 'campaigns/new' },
  { name: 'set-up', path: '' },
  { name: 'log-in', path: '' },
]
const LOOKS = [
  { name: 'desktop-light', width: 1280, height: 800, scale: 1, theme: 'light' },
  { name: 'desktop-dark', width: 1280, height: 800, scale: 1, theme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, scale: 1.5, theme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, scale: 1.5, theme: 'dark' },
] as const

/** Runs in the page: its clock starts at the moment of the sample. */
function startClockAt(moment: string): void {
  const Real = Date
  const shift = Real.parse(moment) - Real.now()
  globalThis.Date = class extends Real {
    constructor(...parts: []) {
      if (parts.length === 0) super(Real.now() + shift)
      else super(...parts)
    }
    static override now() {
      return Real.now() + shift
    }
  } as DateConstructor
}

mkdirSync(folder, { recursive: true })
const sample = await startSampleServer(process.env.STUDIO_DIST ?? 'dist/studio')
const { browser, stop } = await startChromium()
try {
  for (const look of LOOKS) {
    const tab = await browser.newPage()
    await tab.evaluateOnNewDocument(startClockAt, NOW)
    await tab.emulateTimezone('Europe/Berlin')
    await tab.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: look.theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ])
    tab.on('console', message => message.type() === 'error' && console.error(look.name, message.text()))
    tab.on('pageerror', error => console.error(look.name, String(error)))
    await tab.setViewport({ width: look.width, height: look.height, deviceScaleFactor: look.scale })
    for (const screen of SCREENS) {
      const name = `studio-${screen.name}-${look.name}`
      if (!name.includes(only)) continue
      sample.mode = screen.name === 'set-up' ? 'no owner' : screen.name === 'log-in' ? 'logged out' : 'full'
      await tab.goto(`${sample.url}/studio/${screen.path}`, { waitUntil: 'networkidle2' })
      await tab.waitForSelector('h1')
      await tab.waitForFunction(() => !document.querySelector('[role=status][aria-label]'))
      await screen.act?.(tab)
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (overflow > 0) console.error(`${name}: ${overflow} px too wide`)
      await tab.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }
    await tab.close()
  }
} finally {
  await stop()
  sample.close()
}
