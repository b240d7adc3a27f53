import { durationParts } from '../format/duration.ts'
import { rate } from '../format/rate.ts'
import { t } from '../texts.ts'

/** A duration in large figures with small units. */
export function TimeFigure({ ms }: { ms: number }) {
  return durationParts(ms).map((part, index) => (
    <span key={part.unit}>
      {index > 0 && ' '}
      {part.number}
      <i data-unit>{part.unit}</i>
    </span>
  ))
}

/** A rate in large figures: "–", "4 of 9 (44 %)" or "61 %". */
export function RateFigure({ part, whole }: { part: number; whole: number }) {
  const shown = rate(part, whole)
  if (shown.kind === 'none') return <>{t('nothing_to_divide')}</>
  const percent = t('percent', { value: shown.percent })
  if (shown.kind === 'percent') return <>{percent}</>
  return (
    <>
      {shown.part} <i>{t('of')}</i> {shown.whole} <small>({percent})</small>
    </>
  )
}

/** The same rate as plain words, for labels and announcements. */
export function rateWords(part: number, whole: number): string {
  const shown = rate(part, whole)
  if (shown.kind === 'none') return t('nothing_to_divide')
  const percent = t('percent', { value: shown.percent })
  return shown.kind === 'percent' ? percent : `${shown.part} ${t('of')} ${shown.whole} (${percent})`
}
