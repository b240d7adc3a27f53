import type { Page } from 'puppeteer-core'
import { t } from '../../../src/studio/texts.ts'
import type { Owner } from '../../servers/owner.ts'
import { until } from '../../servers/until.ts'
import { type Place, placeAt, SCREENS } from './screens.ts'
import type { Way } from './ways.ts'

/** What a person would call "the same screen" again: after Back, after a reload, at a copied address. */
export interface Seen {
  address: string
  heading: string
  title: string
  /** what is marked as current, by the row it stands in */
  current: Record<string, string>
  /** the filters, by their names */
  filters: Record<string, string>
}

/** Reads the screen once nothing on it is still being fetched; null until then. */
const seen = (tab: Page): Promise<Seen | null> =>
  tab.evaluate(() => {
    const heading = document.querySelector('main h1')
    // grey lines stand where something is being fetched
    if (!heading || document.querySelector('[role=status][aria-label]')) return null
    const words = (element: Element) =>
      (element.textContent ?? '')
        .replace(/[\d←]+/g, '')
        .replace(/\s+/g, ' ')
        .trim()
    return {
      address: location.href.replace(/#.*/, ''),
      heading: heading.textContent ?? '',
      title: document.title,
      current: Object.fromEntries(
        [...document.querySelectorAll('nav:has([aria-current])')].map(nav => [
          nav.getAttribute('aria-label') ?? '',
          words(nav.querySelector('[aria-current]')!),
        ]),
      ),
      filters: Object.fromEntries(
        [...document.querySelectorAll('select')]
          .filter(one => !one.closest('form') && one.id)
          .map(one => [one.id, one.value]),
      ),
    }
  })

/** Waits for the screen at an address; answers what stands there at last, also where it is another. */
export async function settled(tab: Page, address?: string): Promise<Seen> {
  let last: Seen | null = null
  try {
    return await until(
      'the screen to be there',
      async () => {
        last = await seen(tab)
        return last && (address === undefined || last.address === address) ? last : null
      },
      { timeoutMs: 8_000, everyMs: 10 },
    )
  } catch (error) {
    if (last) return last
    throw error
  }
}

/** Waits until the screen is again as it was; answers what it is at last. */
export async function again(tab: Page, before: Seen): Promise<Seen | null> {
  const isSame = async () => JSON.stringify(await seen(tab)) === JSON.stringify(before)
  await until('the screen to be the same again', isSame, { timeoutMs: 8_000, everyMs: 10 }).catch(() => {})
  return seen(tab)
}

/** What is wrong with where a way led; empty where it led to the screen, the heading and the query that it names. */
export async function wrongWith(owner: Owner, way: Way, after: Seen): Promise<string[]> {
  const place = placeAt(after.address)
  if (!place) return [`leads to ${after.address}, which is none of the router's screens`]
  const wrong: string[] = []
  if (way.href !== null && after.address !== way.href)
    wrong.push(`says ${way.href}, leads to ${after.address}`)
  const expected = SCREENS[place.screen]
  const heading = await headingOf(owner, place)
  if (after.heading !== heading) wrong.push(`the heading is "${after.heading}" instead of "${heading}"`)
  if (!after.title.endsWith('· Pitchbeat')) wrong.push(`the tab is called "${after.title}"`)
  for (const [name, value] of place.query) {
    if (!expected.query.includes(name)) wrong.push(`the screen "${place.screen}" knows no query "${name}"`)
    if (name in after.filters && after.filters[name] !== value)
      wrong.push(`the filter "${name}" shows ${after.filters[name]} instead of ${value}`)
  }
  const words = way.name
    .replace(/[\d←]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const current = way.row === null ? undefined : after.current[way.row]
  // a count may have joined the words meanwhile: "Leads waiting"
  if (current !== undefined && !current.startsWith(words) && !words.startsWith(current))
    wrong.push(`"${current}" is marked as current in "${way.row}" instead of "${words}"`)
  const named = Object.entries(SCREENS).filter(([, one]) => one.named === words)
  if (named.length > 0 && !named.some(([screen]) => screen === place.screen))
    wrong.push(`is called "${words}" and leads to the screen "${place.screen}"`)
  return wrong
}

async function headingOf(owner: Owner, { screen, params }: Place): Promise<string> {
  try {
    return await SCREENS[screen].heading(owner, params)
  } catch {
    return `something that exists, not ${t('missing')}`
  }
}
