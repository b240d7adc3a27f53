import type { Page } from 'puppeteer-core'
import type { Owner } from '../../servers/owner.ts'
import { chooseFilter } from './filter.ts'
import { again, type Seen, settled, wrongWith } from './landing.ts'
import { openMenu } from './menu.ts'
import { outward } from './outward.ts'
import { pickOne } from './picker.ts'
import { kindOf, type Place, placeAt } from './screens.ts'
import { activate, type Walker } from './walker.ts'
import { GoneError, installWays, notReachedByTab, type Way, waysOf } from './ways.ts'

export interface Walk {
  clicks: number
  /** the screens that were walked, and how many ways were taken from each */
  screens: Map<string, number>
  /** what is wrong: where, by which way, and how */
  problems: string[]
}

/** Rows of a list lead alike: by mouse the first two of each kind are taken, elsewhere one. */
const timesOf = (way: Way, how: Walker['how']) =>
  how === 'mouse' && way.kind === 'link' && /ul|ol|table/.test(way.place) ? 2 : 1

/**
 * Walks through the studio from the screen that the tab shows. Every way of a screen is taken, checked and left by Back;
 * a place of a new kind that it led to is walked first.
 * @param alone walks this screen and none that its ways lead to
 */
export async function walk(
  tab: Page,
  owner: Owner,
  how: Walker['how'],
  { alone = false } = {},
): Promise<Walk> {
  const done: Walk = { clicks: 0, screens: new Map(), problems: [] }
  const devtools = await tab.createCDPSession()
  const other = await tab.browserContext().newPage()
  await installWays(other)
  await tab.bringToFront()
  const walker: Walker = { tab, owner, how, chose: () => void done.clicks++ }
  const taken = new Map<string, number>()
  const known = new Set<string>()
  await visit(await settled(tab))
  await other.close()
  return done

  async function visit(here: Seen): Promise<void> {
    const place = placeAt(here.address)
    if (!place) return
    const path = new URL(here.address).pathname
    known.add(`${path} ${kindOf(place)}`)
    const isNew = !done.screens.has(place.screen)
    if (isNew) done.screens.set(place.screen, 0)
    const tried = new Set<string>()
    const entry = await entryShown()
    if (isNew && how === 'keyboard') await tabThrough(place)
    for (;;) {
      const ways = await waysOf(tab)
      const way = ways.find(
        one => !tried.has(idOf(one)) && (taken.get(keyOf(place, one)) ?? 0) < timesOf(one, how),
      )
      if (!way) return
      tried.add(idOf(way))
      taken.set(keyOf(place, way), (taken.get(keyOf(place, way)) ?? 0) + 1)
      done.screens.set(place.screen, done.screens.get(place.screen)! + 1)
      const report = (problem: string) =>
        done.problems.push(`${kindOf(place)}, ${how}: ${way.kind} "${way.name}" (${way.place}) ${problem}`)
      const before = done.clicks
      try {
        await take(here, way, report)
      } catch (error) {
        // A list that was drawn anew before anything was clicked: another way of this kind is taken.
        if (isGone(error) && done.clicks === before)
          taken.set(keyOf(place, way), taken.get(keyOf(place, way))! - 1)
        else report(`fails: ${error instanceof Error ? error.message : error}`)
      }
      await returnTo(here, entry, report)
    }
  }

  /** Every way of the screen must be reached by Tab alone. */
  async function tabThrough(place: Place): Promise<void> {
    const missed = async () => {
      await tab.reload()
      await settled(tab)
      return notReachedByTab(tab)
    }
    const once = await missed()
    if (once.length === 0) return
    // A screen that a reader's beat drew anew meanwhile moves what Tab comes to: what counts is missed both times.
    const twice = new Set((await missed()).map(idOf))
    for (const way of once.filter(one => twice.has(idOf(one))))
      done.problems.push(`${kindOf(place)}: Tab never comes to ${way.kind} "${way.name}" (${way.place})`)
  }

  async function take(here: Seen, way: Way, report: (problem: string) => void): Promise<void> {
    if (way.kind === 'menu') return openMenu(walker, here, way, report)
    if (way.kind === 'filter') return chooseFilter(walker, here, way, report)
    if (way.kind === 'picker') return pickOne(walker, here, way, report)
    const isOutward = await outward(walker, here, way, report)
    if (isOutward) return
    await activate(walker, way)
    const after = await settled(tab, way.href ?? undefined)
    for (const wrong of await wrongWith(owner, way, after)) report(wrong)
    if (how === 'keyboard' && (await tab.evaluate(() => document.activeElement === document.body)))
      report('loses the focus')
    const place = placeAt(after.address)
    if (!place) return
    const kind = `${new URL(after.address).pathname} ${kindOf(place)}`
    if (known.has(kind)) return
    known.add(kind)
    if (how === 'mouse') await showsTheSame(after, report)
    if (!alone) await visit(after)
  }

  /** What a reload shows, and another tab that the address is copied into. */
  async function showsTheSame(after: Seen, report: (problem: string) => void): Promise<void> {
    const [reloaded, copied] = await Promise.all([
      tab.reload().then(() => again(tab, after)),
      other.goto(after.address).then(() => again(other, after)),
    ])
    const told = JSON.stringify(after)
    if (JSON.stringify(reloaded) !== told) report(`reloaded shows ${JSON.stringify(reloaded)}, not ${told}`)
    if (JSON.stringify(copied) !== told) report(`copied shows ${JSON.stringify(copied)}, not ${told}`)
  }

  /** Which entry of the tab's history is shown. */
  async function entryShown(): Promise<number> {
    return (await devtools.send('Page.getNavigationHistory')).currentIndex
  }

  /** By Back where something was opened; it must show again what was there. */
  async function returnTo(here: Seen, entry: number, report: (problem: string) => void): Promise<void> {
    const further = (await entryShown()) - entry
    if (further > 1) report(`takes ${further} times Back to return from`)
    if (further > 0) await tab.goBack()
    const back = await settled(tab, here.address)
    if (back.address === here.address && back.heading === here.heading && further <= 1) return
    report(`Back leads to ${back.address} "${back.heading}"`)
    await tab.evaluate(
      (back, address) => {
        if (back < 0) history.go(back)
        setTimeout(() => location.replace(address), 200)
      },
      entry - (await entryShown()),
      here.address,
    )
    await tab.waitForNavigation()
    await settled(tab, here.address)
  }
}

/** What was to be clicked had been drawn anew: found so by us, or by the browser between looking and clicking. */
const isGone = (error: unknown) =>
  error instanceof GoneError || (error instanceof Error && /detached from document/.test(error.message))

const idOf = (way: Way) => `${way.kind} ${way.href ?? way.place} ${way.nth}`

/** What is taken at most so often: from this screen, in this place of it, to a place of this kind. */
function keyOf(from: Place, way: Way): string {
  const to = way.href ? placeAt(way.href) : null
  // on the same screen, what it changes of the query: otherwise each range would be taken from each link and order
  if (to?.screen === from.screen)
    for (const [name, value] of from.query) if (to.query.get(name) === value) to.query.delete(name)
  const target = to ? kindOf(to) : (way.href ?? '').replace(/[^/:]+$/, '')
  // the menus of the frame are the same on every screen
  const screen = way.kind === 'menu' && way.place.startsWith('header') ? 'any' : from.screen
  return [screen, way.place, way.kind, target].join(' | ')
}

/** The screens of a router that no click led to. */
export const unwalked = ({ screens }: Walk, routes: Record<string, string>): string[] =>
  Object.keys(routes).filter(screen => !screens.has(screen))
