import type { Pages } from '../../contract/shapes.ts'
import { PAGES, type Page } from '../../contract/words.ts'
import { pageInWords } from '../format/names.ts'
import { t } from '../texts.ts'

/** How far a page is: nothing in it, something missing, or all there. */
export type Written = 'empty' | 'begun' | 'complete'

const some = (...texts: string[]) => texts.some(text => text.trim() !== '')
const all = (...texts: string[]) => texts.every(text => text.trim() !== '')

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

/** "Two of three pages are written; the contact page is empty." */
export function writtenWords(pages: Pages): string {
  const complete = PAGES.filter(page => written(pages, page) === 'complete')
  const missing = PAGES.filter(page => written(pages, page) !== 'complete')
  if (missing.length === 0) return t('all_written')
  if (missing.length === 1) {
    const page = missing[0]!
    const name = pageInWords(page)
    return t(written(pages, page) === 'empty' ? 'two_written_one_empty' : 'two_written_one_begun', {
      page: name,
    })
  }
  return complete.length === 1 ? t('one_written') : t('none_written')
}
