import { dayIn } from '../format/day.ts'
import { moment, shortDay } from '../format/when.ts'
import text from './text.module.css'

/** A time in a table: `today, 14:29` or `Tue 17 Nov, 18:02`; on phones an earlier day without its time, `17 Nov`. */
export function When({ at, zone }: { at: string; zone: string }) {
  const whole = moment(at, zone)
  if (dayIn(zone, at) === dayIn(zone, new Date())) return <time dateTime={at}>{whole}</time>
  return (
    <time dateTime={at}>
      <span className={text.wideOnly}>{whole}</span>
      <span className={text.phoneOnly}>{shortDay(at, zone)}</span>
    </time>
  )
}
