import type { Page } from 'puppeteer-core'

/**
 * Links, buttons and fields of a page that are smaller than 24 by 24 px (WCAG 2.2, success criterion 2.5.8), as text. A
 * field counts with its label. Links inside a sentence are exempt there and here; what nobody sees is no target.
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxOf = (one: Element) => {
      const all = [one, ...(one instanceof HTMLInputElement ? (one.labels ?? []) : [])]
      const boxes = all.map(each => each.getBoundingClientRect())
      const side = (name: 'width' | 'height') => Math.max(...boxes.map(box => box[name]))
      return { width: side('width'), height: side('height') }
    }
    const seen = (one: Element) =>
      one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], [aria-hidden=true]')
    const inSentence = (one: Element) =>
      getComputedStyle(one).display === 'inline' &&
      [...(one.closest('p, li, td, dd, h1, h2, h3') ?? one.parentElement!).childNodes].some(
        node => node !== one && node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '',
      )
    return (
      [...document.querySelectorAll('a, button, input, select, textarea, summary, [role=button]')]
        .filter(one => seen(one) && !inSentence(one))
        .map(one => ({ one, ...boxOf(one), clip: getComputedStyle(one).clipPath }))
        // what is clipped away shows itself when it has the focus, such as "Skip to content"
        .filter(({ width, height, clip }) => clip === 'none' && width > 0 && (width < 23.9 || height < 23.9))
        .map(
          ({ one, width, height }) =>
            `${one.outerHTML.slice(0, 120)} ${width.toFixed(1)} × ${height.toFixed(1)}`,
        )
    )
  })
}
