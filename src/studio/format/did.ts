import type { LiveItem, SessionItem } from '../../contract/shapes.ts'
import { t } from '../texts.ts'
import { device } from './device.ts'
import { pageName } from './names.ts'
import { reasonWords } from './reason.ts'

/** What a session was, in one line of a list. */
export function did(session: SessionItem, live: LiveItem | undefined): string {
  if (session.verdict !== 'person') return t('not_counted_because', { reason: reasonWords(session.reason) })
  const acts = session.acts > 0 ? t('acts_count', { count: session.acts }) : ''
  const now = live ? t('now_on', { page: pageName(live.page) }) : ''
  return [device(session), acts, now].filter(Boolean).join(', ')
}
