import type { ReportItem } from '../../contract/shapes.ts'
import { addDays, type Day, daysBetween } from '../format/day.ts'

/** One column of the chart: a day, or a week where days would be too thin. */
export interface Column {
  from: Day
  to: Day
  engaged: number
  /** actual without an act */
  actual: number
  new: number
  time: number
}

/** More days than this are shown as weeks. */
export const DAYS_MAX = 92

/** Days (or weeks, counted back from the last day) as columns, oldest first. */
export function columns(items: Array<ReportItem<'sessions_by_day'>>): Column[] {
  const single = items.map(item => ({
    from: item.day,
    to: item.day,
    engaged: item.engaged,
    actual: item.actual - item.engaged,
    new: item.new,
    time: item.total_time_ms,
  }))
  const last = single.at(-1)
  if (!last || single.length <= DAYS_MAX) return single
  const weeks = new Map<number, Column>()
  for (const day of single) {
    const back = Math.floor(daysBetween(day.from, last.to) / 7)
    const week = weeks.get(back)
    if (!week) {
      const to = addDays(last.to, -7 * back)
      weeks.set(back, { ...day, to })
      continue
    }
    week.engaged += day.engaged
    week.actual += day.actual
    week.new += day.new
    week.time += day.time
  }
  return [...weeks].sort((a, b) => b[0] - a[0]).map(([, week]) => week)
}

export const total = (column: Column) => column.engaged + column.actual + column.new
