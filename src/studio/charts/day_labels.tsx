import { durationParts } from '../format/duration.ts'
import { dayName, shortDay } from '../format/when.ts'
import { t } from '../texts.ts'
import type { Column } from './day_columns.ts'
import css from './days.module.css'

/** At most this many labels under the chart, by the width there is. */
const WIDE = 20
const PHONE = 5
/** On a phone, where each names its month as well. */
const PHONE_WITH_MONTHS = 3
/** More columns than this cross a month so often that a number alone does not say which. */
const ONE_MONTH = 31

/** So few columns are wide enough on a phone, too, for a word under the middle of the last. */
const FEW = 3

const number = (day: string) => String(Number(day.slice(8)))

/** The names of the days under the chart: as many as fit, the last one always. */
export function DayLabels({ columns, today, y }: { columns: Column[]; today: boolean; y: number }) {
  const last = columns.length - 1
  const every = (most: number) => Math.max(1, Math.ceil(columns.length / most))
  const months = columns.length > ONE_MONTH
  const [wide, phone] = [every(WIDE), every(months ? PHONE_WITH_MONTHS : PHONE)]
  const middle = (index: number) => `${((index + 0.5) / columns.length) * 100}%`
  const shown = (index: number, step: number) => index % step === 0 && last - index >= Math.ceil(step * 0.75)
  return (
    <g>
      {columns.slice(0, -1).map((column, index) => (
        <g key={column.from}>
          {shown(index, wide) && (
            <text className={css.wideOnly} x={middle(index)} y={y}>
              {wide === 1
                ? dayName(column.from).replace(/ \S+$/, '')
                : shortDay(`${column.from}T12:00:00Z`, 'UTC')}
            </text>
          )}
          {shown(index, phone) && (
            <text
              className={`${css.phoneOnly} ${index === 0 ? css.start : ''}`}
              x={index === 0 ? 0 : middle(index)}
              y={y}
            >
              {index === 0 || months ? shortDay(`${column.from}T12:00:00Z`, 'UTC') : number(column.from)}
            </text>
          )}
        </g>
      ))}
      {last >= 0 && (
        <LastLabel
          column={columns[last]!}
          today={today}
          middle={middle(last)}
          y={y}
          wide={wide}
          few={columns.length <= FEW}
        />
      )}
    </g>
  )
}

interface LastLabelProps {
  column: Column
  today: boolean
  middle: string
  y: number
  wide: number
  few: boolean
}

function LastLabel({ column, today, middle, y, wide, few }: LastLabelProps) {
  const words = today ? t('today_title') : shortDay(`${column.to}T12:00:00Z`, 'UTC')
  const look = today ? css.today : ''
  return (
    <>
      <text
        className={`${css.wideOnly} ${look} ${wide > 1 ? css.end : ''}`}
        x={wide > 1 ? '100%' : middle}
        y={y}
      >
        {words}
      </text>
      <text className={`${css.phoneOnly} ${look} ${few ? '' : css.end}`} x={few ? middle : '100%'} y={y}>
        {words}
      </text>
    </>
  )
}

interface TopLabelsProps {
  columns: Column[]
  /** the upper end of a column, in pixels */
  top: (column: Column) => number
  published?: string | undefined
  live: boolean
}

/** What is worth a word above its column: the time of the two longest days, publication, a reader who is here. */
export function TopLabels({ columns, top, published, live }: TopLabelsProps) {
  const sum = columns.reduce((all, column) => all + column.time, 0)
  const long = columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.time >= 60_000 && column.time / sum >= 0.2)
    .sort((a, b) => b.column.time - a.column.time)
    .slice(0, 2)
  const last = columns.length - 1
  const few = columns.length <= FEW
  const middle = (index: number) => `${((index + 0.5) / columns.length) * 100}%`
  const start = published ? columns.findIndex(one => one.from <= published && published <= one.to) : -1
  const taken = new Set([...(live ? [last] : []), ...long.map(one => one.index)])
  return (
    <g>
      {start >= 0 && !taken.has(start) && (
        <text
          className={`${css.wideOnly} ${start < 2 ? css.start : ''}`}
          x={start < 2 ? `${(start / columns.length) * 100}%` : middle(start)}
          dx={start < 2 ? 6 : 0}
          y={top(columns[start]!) - 10}
        >
          {t('published_title')}
        </text>
      )}
      {long.map(({ column, index }, rank) => (
        <text
          key={column.from}
          className={rank > 0 ? css.wideOnly : ''}
          x={middle(index)}
          y={(live && index === last ? -14 : 0) + top(column) - 10}
        >
          {`${durationParts(column.time)[0]!.number} ${durationParts(column.time)[0]!.unit}`}
        </text>
      ))}
      {live && last >= 0 && (
        <>
          <text className={`${css.wideOnly} ${css.lively}`} x={middle(last)} y={top(columns[last]!) - 10}>
            {t('now_title')}
          </text>
          <text
            className={`${css.phoneOnly} ${css.lively} ${few ? '' : css.end}`}
            x={few ? middle(last) : '100%'}
            y={top(columns[last]!) - 10}
          >
            {t('now_title')}
          </text>
        </>
      )}
    </g>
  )
}
