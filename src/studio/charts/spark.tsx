import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar } from '@visx/shape'
import { t } from '../texts.ts'
import css from './spark.module.css'

const HEIGHT = 28

interface SparkProps {
  /** actual sessions a day, oldest first */
  days: number[]
  /** somebody reads now: the last bar is theirs too */
  live?: boolean
}

/** Actual sessions a day, as small as a word. A day without any keeps a thin line, so that gaps can be counted. */
export function Spark({ days, live }: SparkProps) {
  const x = scaleBand({ domain: days.map((_, index) => index), range: [0, 100], paddingInner: 0.32 })
  const y = scaleLinear({ domain: [0, Math.max(4, ...days)], range: [0, HEIGHT] })
  const sum = days.reduce((all, one) => all + one, 0)
  return (
    <svg className={css.spark} role="img" aria-label={t('spark_label', { days: days.length, count: sum })}>
      {days.map((count, index) => {
        const height = count === 0 ? 2 : Math.max(3, y(count))
        const now = live && index === days.length - 1
        return (
          <Bar
            // biome-ignore lint/suspicious/noArrayIndexKey: a day's place is its name
            key={index}
            className={(count === 0 ? css.none : now ? css.live : '') ?? ''}
            x={`${x(index)}%`}
            y={HEIGHT - height}
            width={`${x.bandwidth()}%`}
            height={height}
          />
        )
      })}
    </svg>
  )
}
