import { language, t } from '../texts.ts'
import { type Day, dayIn } from './day.ts'

function parts(at: string | Date, zone: string, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(language, { timeZone: zone, ...options }).format(new Date(at))
}

const thisYear = (at: string | Date, zone: string, now: Date) =>
  dayIn(zone, at).slice(0, 4) === dayIn(zone, now).slice(0, 4)

/** `18:02` */
export function timeOfDay(at: string, zone: string): string {
  return parts(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** `17 Nov`, with the year where it is another one. */
export function shortDay(at: string, zone: string, now: Date = new Date()): string {
  return parts(at, zone, {
    day: 'numeric',
    month: 'short',
    ...(thisYear(at, zone, now) ? {} : { year: 'numeric' }),
  })
}

/** `Tue` */
export function weekday(at: string, zone: string): string {
  return parts(at, zone, { weekday: 'short' })
}

/** `Tuesday 17 November` */
export function longDay(at: string, zone: string): string {
  return parts(at, zone, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '')
}

/** `Tue 17 Nov, 18:02`; today: `today, 14:29`. */
export function moment(at: string, zone: string, now: Date = new Date()): string {
  const time = timeOfDay(at, zone)
  if (dayIn(zone, at) === dayIn(zone, now)) return t('today_at', { time })
  return `${weekday(at, zone)} ${shortDay(at, zone, now)}, ${time}`
}

/** `today` or `5 Nov`, for use in a sentence. */
export function dayWord(at: string, zone: string, now: Date = new Date()): string {
  return dayIn(zone, at) === dayIn(zone, now) ? t('today') : shortDay(at, zone, now)
}

/** `today` or `on 5 Nov`. */
export function dayPhrase(at: string, zone: string, now: Date = new Date()): string {
  return dayIn(zone, at) === dayIn(zone, now) ? t('today') : t('on_day', { day: shortDay(at, zone, now) })
}

/** A calendar day, which has no zone: `Tue 17 Nov`. */
export function dayName(day: Day): string {
  const at = `${day}T12:00:00Z`
  return `${weekday(at, 'UTC')} ${parts(at, 'UTC', { day: 'numeric', month: 'short' })}`
}

/** `26 Oct – 24 Nov 2026` */
export function dayRange(from: Day, to: Day): string {
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const [a, b] = [new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`)]
  return from === to ? format.format(a) : format.formatRange(a, b).replace(/\s?–\s?/, ' – ')
}
