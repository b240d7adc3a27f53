import { PAGES, type Page, type Written } from '../../contract/words.ts'
import { pageInWords } from '../format/names.ts'
import { t } from '../texts.ts'

/** "Two of three pages are written; the contact page is empty." */
export function writtenWords(written: Record<Page, Written>): string {
  const complete = PAGES.filter(page => written[page] === 'complete')
  const missing = PAGES.filter(page => written[page] !== 'complete')
  if (missing.length === 0) return t('all_written')
  if (missing.length === 1) {
    const page = missing[0]!
    const name = pageInWords(page)
    return t(written[page] === 'empty' ? 'two_written_one_empty' : 'two_written_one_begun', {
      page: name,
    })
  }
  return complete.length === 1 ? t('one_written') : t('none_written')
}
