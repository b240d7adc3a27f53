import type { Pages } from '../../contract/shapes.ts'
import type { Page } from '../../contract/words.ts'
import { differences } from './differences.ts'

/** How many fields of each page differ from what readers see. The look belongs to the summary, where it is set. */
export function changes(draft: Pages, published: Pages | null): Record<Page, number> & { all: number } {
  const found = published ? differences(draft, published) : []
  const on = (page: Page) => found.filter(one => one.page === page).length
  return {
    summary: on('summary'),
    case_studies: on('case_studies'),
    contact: on('contact'),
    all: found.length,
  }
}
