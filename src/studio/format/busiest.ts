import type { ReportItem } from '../../contract/shapes.ts'
import { language, t } from '../texts.ts'
import type { Day } from './day.ts'

type DayItem = Pick<ReportItem<'sessions_by_day'>, 'day' | 'total_time_ms'>

/** From this share of the time a few days are worth a title. */
const WORTH = 0.6

/**
 * When most of the reading was, as a title: the shortest run of one to three days that holds at least 60 % of the
 * time, or a weekday that holds half of it over at least three of its days. Null where there is no such thing to say.
 */
export function busiest(items: DayItem[]): string | null {
  const total = items.reduce((sum, item) => sum + item.total_time_ms, 0)
  if (total === 0 || items.length < 3) return null
  for (const length of [1, 2, 3]) {
    if (length * 2 > items.length) break
    for (let start = 0; start + length <= items.length; start++) {
      const run = items.slice(start, start + length)
      const share = run.reduce((sum, item) => sum + item.total_time_ms, 0) / total
      if (share >= WORTH) return title(share, run[0]!.day, run.at(-1)!.day)
    }
  }
  return weekdayTitle(items, total)
}

function title(share: number, from: Day, to: Day): string {
  const days = dayWords(from, to)
  if (share > 0.97) return t('busiest_all', { days })
  if (share >= 0.72) return t('busiest_three_quarters', { days })
  if (share >= 0.64) return t('busiest_two_thirds', { days })
  return t('busiest_most', { days })
}

function dayWords(from: Day, to: Day): string {
  const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', day: 'numeric', month: 'long' })
  const [first, last] = [new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`)]
  if (from === to) return format.format(first)
  const sameMonth = first.getUTCMonth() === last.getUTCMonth()
  const start = sameMonth ? String(first.getUTCDate()) : format.format(first)
  const two = last.getTime() - first.getTime() < 1.5 * 86_400_000
  return t(two ? 'days_and' : 'days_to', { first: start, last: format.format(last) })
}

function weekdayTitle(items: DayItem[], total: number): string | null {
  const times: number[][] = Array.from({ length: 7 }, () => [])
  for (const item of items)
    if (item.total_time_ms > 0) times[new Date(`${item.day}T12:00:00Z`).getUTCDay()]!.push(item.total_time_ms)
  const weekday = times.findIndex(
    days => days.length >= 3 && days.reduce((sum, ms) => sum + ms, 0) >= total / 2,
  )
  if (weekday < 0) return null
  // 4 January 1970 was a Sunday
  const name = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'long' }).format(
    new Date(Date.UTC(1970, 0, 4 + weekday)),
  )
  return t('busiest_weekday', { weekday: name })
}
