import { useSearchParams } from 'wouter'
import { type Day, dayIn } from '../format/day.ts'
import { RANGES, type Range, type RangeName } from '../format/range.ts'
import { dayRange } from '../format/when.ts'
import { t } from '../texts.ts'
import css from './controls.module.css'
import { Link } from './link.tsx'
import text from './text.module.css'

const NAMES: Record<RangeName, () => string> = {
  today: () => t('range_today'),
  '7d': () => t('range_7d'),
  '30d': () => t('range_30d'),
  all: () => t('range_all'),
  custom: () => t('range_custom'),
}

interface RangePickerProps {
  range: Range
  /** the first day there is anything of, for the words beside "All time" */
  since?: Day | undefined
  zone: string
  /** days after which visits are deleted, where some may have been: then that is all the time there is */
  kept: number | null
}

/** The range, kept in the address. */
export function RangePicker({ range, since, zone, kept }: RangePickerProps) {
  const today = dayIn(zone, new Date())
  const query = (name: RangeName) => ({
    range: name,
    from: name === 'custom' ? (range.from ?? since ?? today) : null,
    to: name === 'custom' ? (range.to ?? today) : null,
  })
  const shown = range.from ? dayRange(range.from, range.to!) : since ? dayRange(since, today) : ''
  return (
    <>
      <nav className={css.choice} aria-label={t('range')}>
        {RANGES.map(name => (
          <Link key={name} query={query(name)} aria-current={name === range.name ? 'true' : undefined}>
            {name === 'all' && kept !== null ? t('range_kept', { days: kept }) : NAMES[name]()}
          </Link>
        ))}
      </nav>
      <span className={`${text.small} ${text.mute} ${text.wideOnly}`}>{shown}</span>
    </>
  )
}

/** The two days of a custom range, under the row of filters. */
export function CustomDays({ range, zone }: { range: Range; zone: string }) {
  const [, setSearch] = useSearchParams()
  if (range.name !== 'custom') return null
  const put = (key: 'from' | 'to') => (day: string) => {
    if (day)
      setSearch(
        before => {
          const next = new URLSearchParams(before)
          next.set(key, day)
          return next
        },
        { replace: true },
      )
  }
  return (
    <div className={css.dates}>
      {(['from', 'to'] as const).map(key => (
        <label key={key} className={css.field}>
          <span className={css.name}>{t(key === 'from' ? 'from_day' : 'to_day')}</span>
          <input
            className={css.input}
            type="date"
            value={range[key] ?? ''}
            max={dayIn(zone, new Date())}
            onChange={event => put(key)(event.target.value)}
          />
        </label>
      ))}
    </div>
  )
}
