import type { ElementHandle, Page } from 'puppeteer-core'

/** Something on a screen that leads somewhere: found in the page's own DOM, never in a list of ours. */
export interface Way {
  kind: 'link' | 'sort' | 'filter' | 'menu' | 'picker'
  name: string
  /** of a link */
  href: string | null
  /** the landmarks, lists and cells around it: rows of one list share it */
  place: string
  /** the label of the row of links around it, one of which is marked as current */
  row: string | null
  newTab: boolean
  /** which of those with the same kind and address */
  nth: number
}

interface InPage {
  ways(): Way[]
  element(way: Way): Element | undefined
  /** what the focus came to since the page was loaded */
  reached: Set<Element>
}

declare global {
  var walk: InPage
}

/** Gives every page of the tab the means to tell of its ways. Runs before the page's own scripts. */
export async function installWays(tab: Page): Promise<void> {
  await tab.evaluateOnNewDocument(() => {
    const KINDS: Record<Way['kind'], string> = {
      link: 'a',
      sort: 'th button',
      filter: 'select',
      menu: '[aria-haspopup=menu]',
      picker: '[role=combobox][aria-haspopup=dialog]',
    }
    const words = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
    const labelOf = (element: Element) => element.getAttribute('aria-label') ?? ''
    /** What is only heard is not part of the name: counts are read out in full there. */
    const nameOf = (element: Element) => labelOf(element) || words(element.textContent)

    function isShown(element: Element): boolean {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
      if (element.closest('[role=menu], [inert], iframe')) return false
      const { width, height, bottom, right } = element.getBoundingClientRect()
      return width > 1 && height > 1 && bottom + scrollY > 0 && right > 0
    }

    function placeOf(element: Element): string {
      const parts: string[] = []
      for (let one: Element | null = element; one && one !== document.body; one = one.parentElement) {
        if (one instanceof HTMLTableCellElement) parts.unshift(`${one.tagName}${one.cellIndex}`)
        else if (/^(NAV|HEADER|MAIN|SECTION|TABLE|UL|OL|P|DL|FORM|DIALOG)$/.test(one.tagName)) {
          const about = document.getElementById(one.getAttribute('aria-labelledby') ?? '')
          parts.unshift(`${one.tagName} ${words(labelOf(one) || about?.textContent)}`.replace(/\d+/g, '#'))
        }
      }
      return parts.join(' › ').toLowerCase()
    }

    function rowOf(element: Element): string | null {
      const nav = element.closest('nav')
      return nav?.querySelector('[aria-current]') ? labelOf(nav) : null
    }

    function found(): Array<{ way: Way; element: Element }> {
      const all: Array<{ way: Way; element: Element }> = []
      for (const [kind, selector] of Object.entries(KINDS) as Array<[Way['kind'], string]>)
        for (const element of document.querySelectorAll(selector)) {
          // a field of a form is sent with it; it leads nowhere by itself
          if (!isShown(element) || (kind === 'filter' && element.closest('form'))) continue
          const href = kind === 'link' ? ((element as HTMLAnchorElement).href ?? '') : null
          const same = all.filter(one => one.way.kind === kind && one.way.href === href)
          const way: Way = {
            kind,
            name: nameOf(element),
            href,
            place: placeOf(element),
            row: rowOf(element),
            newTab: element.getAttribute('target') === '_blank',
            nth: same.length,
          }
          all.push({ way, element })
        }
      return all
    }

    globalThis.walk = {
      ways: () => found().map(one => one.way),
      element: ({ kind, href, nth }) =>
        found().find(one => one.way.kind === kind && one.way.href === href && one.way.nth === nth)?.element,
      reached: new Set(),
    }
    addEventListener('focusin', event => globalThis.walk.reached.add(event.target as Element), true)
  })
}

export const waysOf = (tab: Page): Promise<Way[]> => tab.evaluate(() => walk.ways())

/** A way that stood on the page a moment ago. */
export class GoneError extends Error {}

/** @throws GoneError where it is not on the page any more */
export async function elementOf(tab: Page, way: Way): Promise<ElementHandle> {
  const handle = await tab.evaluateHandle(one => walk.element(one), way)
  const element = handle.asElement()
  if (!element) throw new GoneError('it is not on the page any more')
  return element as ElementHandle
}

/** Goes through the page by Tab from its top, and answers the ways that the focus never came to. */
export async function notReachedByTab(tab: Page): Promise<Way[]> {
  await tab.evaluate(() => walk.reached.clear())
  // A screen may begin with the focus in its middle, so the round goes over the page's end once before it is complete.
  for (let presses = 0, ends = 0; presses < 600 && ends < 2; presses++) {
    await tab.keyboard.press('Tab')
    if (presses > 0 && (await tab.evaluate(() => document.activeElement === document.body))) ends++
  }
  return tab.evaluate(() => walk.ways().filter(way => !walk.reached.has(walk.element(way)!)))
}
