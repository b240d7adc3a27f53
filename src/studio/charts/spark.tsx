import { t } from '../texts.ts'
import css from './spark.module.css'

const HEIGHT = 28
/** The part of a day's width that is left free beside its bar. */
const GAP = 0.32

interface SparkProps {
  /** actual sessions a day, oldest first */
  days: number[]
  /** somebody reads now: the last bar is theirs too */
  live?: boolean
}

/**
 * Actual sessions a day, as small as a word. A day without any keeps a thin line, so that gaps can be counted. The list
 * of campaigns is the first screen on a phone: it does not wait for the chart library (21 kB).
 */
export function Spark({ days, live }: SparkProps) {
  const most = Math.max(4, ...days)
  const step = 100 / (days.length - GAP)
  const sum = days.reduce((all, one) => all + one, 0)
  return (
    <svg className={css.spark} role="img" aria-label={t('spark_label', { days: days.length, count: sum })}>
      {days.map((count, index) => {
        const height = count === 0 ? 2 : Math.max(3, (count / most) * HEIGHT)
        const now = live && index === days.length - 1
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day's place is its name
            key={index}
            className={(count === 0 ? css.none : now ? css.live : '') ?? ''}
            x={`${index * step}%`}
            y={HEIGHT - height}
            width={`${(1 - GAP) * step}%`}
            height={height}
          />
        )
      })}
    </svg>
  )
}
