import { shortDay, timeOfDay, weekday } from '../format/when.ts'
import text from './text.module.css'

/** `Tue 17 Nov, 18:02`, on phones `17 Nov`. */
export function When({ at, zone }: { at: string; zone: string }) {
  return (
    <time dateTime={at}>
      <span className={text.wideOnly}>{weekday(at, zone)} </span>
      {shortDay(at, zone)}
      <span className={text.wideOnly}>, {timeOfDay(at, zone)}</span>
    </time>
  )
}
