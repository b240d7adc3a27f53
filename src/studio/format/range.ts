import type { Project } from '../../contract/shapes.ts'
import { addDays, type Day, daysBetween } from './day.ts'

export const RANGES = ['today', '7d', '30d', 'all', 'custom'] as const
export type RangeName = (typeof RANGES)[number]

/** What the API is asked for: both absent = all time. */
export interface Range {
  name: RangeName
  from?: Day
  to?: Day
}

const isDay = (text: string | null): text is Day => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)

/**
 * The range that an address names.
 * @param search the query of the page: `range`, and `from` and `to` where it is `custom`
 * @param today in the project's zone
 */
export function readRange(search: URLSearchParams, today: Day, standard: RangeName): Range {
  const asked = search.get('range')
  const name = RANGES.find(one => one === asked) ?? standard
  if (name === 'all') return { name }
  if (name === 'today') return { name, from: today, to: today }
  if (name === 'custom') {
    const [from, to] = [search.get('from'), search.get('to')]
    const last = isDay(to) ? to : today
    const first = isDay(from) ? from : addDays(last, -29)
    return first <= last ? { name, from: first, to: last } : { name, from: last, to: first }
  }
  return { name, from: addDays(today, name === '7d' ? -6 : -29), to: today }
}

/** A campaign younger than 30 days is first shown whole. */
export function standardRange(published: Day | null, today: Day): RangeName {
  return published !== null && daysBetween(published, today) < 30 ? 'all' : '30d'
}

/** The query of a list that shows the same range and link. */
export function narrowedBy(range: Range, link: string | undefined): string {
  const query = new URLSearchParams({ range: range.name })
  if (range.name === 'custom' && range.from && range.to) {
    query.set('from', range.from)
    query.set('to', range.to)
  }
  if (link) query.set('link', link)
  return query.toString()
}

/**
 * Days that the figures of a project reach back, once it is older than that; null while they hold all there was. Of several
 * projects the most days, once all of them are older than theirs.
 */
export function keptDays(projects: readonly Project[], now: number): number | null {
  const old = projects.every(one => Date.parse(one.created_at) + one.retention_days * 86_400_000 < now)
  return projects.length > 0 && old ? Math.max(...projects.map(one => one.retention_days)) : null
}
