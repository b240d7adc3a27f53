import { useSearchParams } from 'wouter'
import { type Day, dayIn } from '../format/day.ts'
import { RANGES, type Range, type RangeName } from '../format/range.ts'
import { dayRange } from '../format/when.ts'
import { t } from '../texts.ts'
import css from './controls.module.css'
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
}

/** The range, kept in the address. Its links work in a new tab too. */
export function RangePicker({ range, since, zone }: RangePickerProps) {
  const [search, setSearch] = useSearchParams()
  const today = dayIn(zone, new Date())
  const address = (name: RangeName) => {
    const next = new URLSearchParams(search)
    next.set('range', name)
    for (const key of ['from', 'to']) next.delete(key)
    if (name === 'custom') {
      next.set('from', range.from ?? since ?? today)
      next.set('to', range.to ?? today)
    }
    return next
  }
  const shown = range.from ? dayRange(range.from, range.to!) : since ? dayRange(since, today) : ''
  return (
    <>
      <nav className={css.choice} aria-label={t('range')}>
        {RANGES.map(name => (
          <a
            key={name}
            href={`?${address(name)}`}
            aria-current={name === range.name ? 'true' : undefined}
            onClick={event => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              setSearch(address(name))
            }}
          >
            {NAMES[name]()}
          </a>
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
