import type { Pages } from './shapes.ts'
import type { Page, Written } from './words.ts'

const some = (...texts: string[]) => texts.some(text => text.trim() !== '')
const all = (...texts: string[]) => texts.every(text => text.trim() !== '')

/** How far a page of a draft is. */
export function written(pages: Pages, page: Page): Written {
  const { summary, case_studies: studies, contact } = pages
  if (page === 'summary') {
    if (all(summary.name, summary.sentence)) return 'complete'
    return some(summary.name, summary.for_whom, summary.sentence, summary.body) ? 'begun' : 'empty'
  }
  if (page === 'case_studies') {
    if (studies.length === 0) return 'empty'
    return studies.every(one => all(one.title, one.body)) ? 'complete' : 'begun'
  }
  if (!some(contact.heading, contact.body) && contact.cta === null) return 'empty'
  return contact.form || contact.cta !== null ? 'complete' : 'begun'
}

/** How far each page of a draft is. */
export const writtenPages = (pages: Pages): Record<Page, Written> => ({
  summary: written(pages, 'summary'),
  case_studies: written(pages, 'case_studies'),
  contact: written(pages, 'contact'),
})
