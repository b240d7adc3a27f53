import { Bar } from '@visx/shape'
import css from './meter.module.css'

interface MeterProps {
  /** 0 to 1 */
  share: number
  tone?: 'bar' | 'top' | 'actual' | 'engaged'
  thin?: boolean
}

/** A share as a bar. The number stands beside it, so it is hidden from screen readers. */
export function Meter({ share, tone = 'bar', thin }: MeterProps) {
  return (
    <svg className={`${css.meter} ${thin ? css.thin : ''}`} aria-hidden="true">
      {share > 0 && (
        <Bar className={css[tone] ?? ''} width={`${Math.max(0.8, share * 100)}%`} height="100%" rx={4} />
      )}
    </svg>
  )
}

/** Sessions as actual (full) and new (hollow) on one bar, out of a common whole. */
export function SplitMeter({ actual, sessions, of }: { actual: number; sessions: number; of: number }) {
  const full = (actual / of) * 100
  const hollow = ((sessions - actual) / of) * 100
  return (
    <svg className={css.meter} aria-hidden="true">
      {actual > 0 && <Bar className={css.actual ?? ''} width={`${full}%`} height="100%" rx={3} />}
      {hollow > 0 && (
        <svg x={`${full}%`} width={`${hollow}%`} height="6" aria-hidden="true">
          <Bar
            className={css.new ?? ''}
            x={actual > 0 ? 2.75 : 0.75}
            y={0.75}
            width="100%"
            height={4.5}
            rx={2}
          />
          <Bar className={`${css.new} ${css.end}`} x="100%" y={1} width={1.5} height={4} />
        </svg>
      )}
    </svg>
  )
}
