import type { OpenItem, SessionItem, StoryStep } from '../contract/shapes.ts'

interface LinkColumns {
  link_id: string
  link_label: string
  link_slug: string
  /** its place, where it stands in a list */
  key?: string
}
export type SessionRow = Omit<SessionItem, 'link' | 'started_at' | 'ended_at'> &
  LinkColumns & { started_at: Date; ended_at: Date }
export type OpenRow = Omit<OpenItem, 'link' | 'at'> & LinkColumns & { at: Date }
export interface StoryRow {
  at: Date
  what: StoryStep['what']
  page: string | null
  active_ms: number
  scroll: number
  parts: Record<string, number>
  type: string
  label: string | null
  target: string | null
}

export function asSession({ link_id, link_label, link_slug, key, ...row }: SessionRow): SessionItem {
  return {
    ...row,
    link: { id: link_id, label: link_label, slug: link_slug },
    started_at: row.started_at.toISOString(),
    ended_at: row.ended_at.toISOString(),
  }
}

export function asOpen({ link_id, link_label, link_slug, key, ...row }: OpenRow): OpenItem {
  return {
    ...row,
    link: { id: link_id, label: link_label, slug: link_slug },
    at: row.at.toISOString(),
  }
}

/** Only what a step of its kind has. */
export function asStep(row: StoryRow): StoryStep {
  const at = row.at.toISOString()
  if (row.what === 'opened') return { at, what: 'opened' }
  if (row.what === 'view') {
    const { active_ms, scroll, parts } = row
    return { at, what: 'view', page: row.page ?? '', active_ms, scroll, parts }
  }
  const { type, page, label, target } = row
  return { at, what: 'event', type, page, label, target }
}
