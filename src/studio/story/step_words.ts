import { duration } from '../format/duration.ts'
import { pageInWords } from '../format/names.ts'
import { aside } from '../parts/rich.tsx'
import { t } from '../texts.ts'
import type { EventStep, ViewStep } from './attention.ts'

/** How far down a view went, in words. */
function reach(scroll: number): string {
  if (scroll >= 95) return t('reach_end')
  if (scroll >= 65) return t('reach_three_quarters')
  if (scroll >= 40) return t('reach_half')
  return t('reach_start')
}

/** The page that a forward link leads to. */
export function pageOf(target: string | null): string | null {
  if (!target) return null
  if (/case[-_]studies/.test(target)) return 'case_studies'
  return /contact/.test(target) ? 'contact' : null
}

function hostOf(target: string | null): string {
  try {
    return new URL(target ?? '').host
  } catch {
    return ''
  }
}

export function viewWords(view: ViewStep, seenParts: number, allParts: number): string {
  const page = aside(pageInWords(view.page))
  const time = duration(view.active_ms)
  if (view.active_ms === 0) return t('step_glimpsed', { page })
  if (seenParts === 0) return t('step_read', { page, time, reach: reach(view.scroll) })
  if (seenParts === allParts) {
    return allParts === 1 ? t('step_read_study', { page, time }) : t('step_read_all', { page, time })
  }
  return t('step_read_some', { page, time, part: seenParts, whole: allParts })
}

/** A step to a later page together with the reading it led to. */
export function wentOnWords(view: ViewStep, seenParts: number): string {
  const page = aside(pageInWords(view.page))
  const time = duration(view.active_ms)
  if (view.active_ms === 0) return t('step_went_on_glimpsed', { page })
  return seenParts > 0
    ? t('step_went_on_parts', { page, time })
    : t('step_went_on_read', { page, time, reach: reach(view.scroll) })
}

export function eventWords(event: EventStep): string {
  const label = aside(event.label || event.target || '')
  const host = aside(hostOf(event.target))
  switch (event.type) {
    case 'forward_navigation': {
      const page = pageOf(event.target)
      return page ? t('step_went_on', { page: pageInWords(page) }) : t('step_went_on', { page: label })
    }
    case 'external_link':
      return host ? t('step_followed_to', { label, host }) : t('step_followed', { label })
    case 'cta_click':
      return t('step_clicked', { label })
    case 'lead_submit':
      return t('step_wrote')
    default:
      return label || event.type
  }
}
