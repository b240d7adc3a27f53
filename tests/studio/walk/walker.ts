import type { Page } from 'puppeteer-core'
import type { Owner } from '../../servers/owner.ts'
import { elementOf, type Way } from './ways.ts'

export interface Walker {
  tab: Page
  owner: Owner
  how: 'mouse' | 'keyboard'
  /** Counts a click or a key that chose something. */
  chose(): void
}

/** A click, or the focus and Enter: that Tab comes to it was shown before. */
export async function activate({ tab, how, chose }: Walker, way: Way): Promise<void> {
  const element = await elementOf(tab, way)
  chose()
  if (how === 'mouse') return element.click()
  await element.focus()
  await tab.keyboard.press('Enter')
}
