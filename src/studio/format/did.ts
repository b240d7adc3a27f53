import type { LiveItem, SessionItem } from '../../contract/shapes.ts'
import { PAGES } from '../../contract/words.ts'
import { language, t } from '../texts.ts'
import { device } from './device.ts'
import { pageInWords, pageName } from './names.ts'
import { reasonWords } from './reason.ts'

/**
 * What a session was, in one line of a list.
 * @param live where its reader is now, if they are still here
 */
export function did(session: SessionItem, live?: LiveItem): string {
  if (session.verdict !== 'person') return t('not_counted_because', { reason: reasonWords(session.reason) })
  const now = live ? t('now_on', { page: pageInWords(live.page) }) : actWords(session)
  return [pageWords(session, live?.page), now].filter(Boolean).join(', ')
}

/** The pages they read, leaving out the one they are on. */
function pageWords(session: SessionItem, now: string | undefined): string {
  const pages = session.pages.filter(page => page !== now)
  if (pages.length === PAGES.length) return t('all_three_pages')
  const names = pages.map((page, index) => (index ? pageName(page).toLowerCase() : pageName(page)))
  if (names.length === 0) return now ? '' : device(session)
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names)
}

function actWords(session: SessionItem): string {
  const label = session.chief_act?.label
  switch (session.chief_act?.type) {
    case 'lead_submit':
      return t('did_write')
    case 'external_link':
      return label ? t('did_follow', { label }) : t('did_follow_link')
    case 'cta_click':
      return label ? t('did_click', { label }) : t('did_click_something')
    default:
      return ''
  }
}
