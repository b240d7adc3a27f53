import type { Pages } from '../../contract/shapes.ts'
import { PAGES, type Page } from '../../contract/words.ts'

/** Fields in which two texts differ: `{a: 'x'}` and `{a: 'y'}` differ in one. */
function differences(a: unknown, b: unknown): number {
  if (Object.is(a, b)) return 0
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return 1
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].reduce(
    (sum, key) => sum + differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    0,
  )
}

/** How many fields of each page differ from what readers see. The look belongs to the summary, where it is set. */
export function changes(draft: Pages, published: Pages | null): Record<Page, number> & { all: number } {
  if (!published) return { summary: 0, case_studies: 0, contact: 0, all: 0 }
  const counts = Object.fromEntries(
    PAGES.map(page => [page, differences(draft[page], published[page])]),
  ) as Record<Page, number>
  counts.summary += differences(draft.look, published.look)
  return { ...counts, all: PAGES.reduce((sum, page) => sum + counts[page], 0) }
}
