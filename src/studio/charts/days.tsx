import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar } from '@visx/shape'
import { counted } from '../format/count.ts'
import { isWeekend } from '../format/day.ts'
import { dayName } from '../format/when.ts'
import { t } from '../texts.ts'
import { type Column, total } from './day_columns.ts'
import { DayLabels, TopLabels } from './day_labels.tsx'
import css from './days.module.css'

/** Where the columns stand, in pixels of a chart 152 high. */
const FLOOR = 124
const CEILING = 30
const BRICK = 28
const GAP = 4
/** Up to this many sessions in the fullest column each session is a block of its own. */
const BLOCKS_MAX = 9

interface DaysProps {
  columns: Column[]
  label: string
  published?: string | undefined
  live?: boolean
  /** the last column is today */
  today: boolean
}

/** Sessions by day: one block is one session while counts are low, bars above that. */
export function Days({ columns, label, published, live = false, today }: DaysProps) {
  const x = scaleBand({
    domain: columns.map((_, index) => index),
    range: [0, 100],
    paddingInner: 0.36,
    paddingOuter: 0.18,
  })
  const most = Math.max(1, ...columns.map(total))
  const blocks = most <= BLOCKS_MAX
  const brick = Math.min(BRICK, (FLOOR - 2 - CEILING + GAP) / most - GAP)
  const y = scaleLinear({ domain: [0, most], range: [0, FLOOR - CEILING], nice: !blocks })
  const height = (count: number) => (blocks ? (count ? count * (brick + GAP) - GAP + 2 : 0) : y(count))
  const step = 100 / columns.length
  const weeks = columns[0] ? columns[0].from !== columns[0].to : false
  const top = (column: Column) => FLOOR - height(total(column))
  return (
    <svg className={`${css.days} ${blocks ? '' : css.scaled}`} role="img" aria-label={label}>
      {!weeks &&
        columns.map(
          (column, index) =>
            isWeekend(column.from) && (
              <rect
                key={column.from}
                className={css.weekend}
                x={`${index * step}%`}
                y={4}
                width={`${step}%`}
                height={FLOOR - 4}
              />
            ),
        )}
      {!blocks && <Grid y={y} />}
      {columns.map((column, index) => (
        <g key={column.from}>
          <title>{columnTitle(column)}</title>
          {blocks ? (
            <Blocks column={column} x={x(index) ?? 0} width={x.bandwidth()} brick={brick} />
          ) : (
            <Stack column={column} x={x(index) ?? 0} width={x.bandwidth()} y={y} />
          )}
        </g>
      ))}
      <line className={css.axis} x1="0" x2="100%" y1={FLOOR + 0.5} y2={FLOOR + 0.5} />
      <DayLabels columns={columns} today={today} y={146} />
      <TopLabels columns={columns} top={top} published={published} live={live} />
    </svg>
  )
}

function columnTitle(column: Column): string {
  const name =
    column.from === column.to ? dayName(column.from) : `${dayName(column.from)} – ${dayName(column.to)}`
  return t('day_title', { day: name, engaged: column.engaged, actual: column.actual, new: column.new })
}

const KINDS = ['engaged', 'actual', 'new'] as const

function Blocks({ column, x, width, brick }: { column: Column; x: number; width: number; brick: number }) {
  const kinds = KINDS.flatMap(kind => Array.from({ length: column[kind] }, () => kind))
  return kinds.map((kind, index) => (
    <Bar
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one day have no other name
      key={index}
      className={css[kind] ?? ''}
      x={`${x}%`}
      width={`${width}%`}
      y={FLOOR - 2 - (index + 1) * (brick + GAP) + GAP}
      height={brick}
      rx={Math.min(3, brick / 4)}
    />
  ))
}

interface StackProps {
  column: Column
  x: number
  width: number
  y: (count: number) => number
}

function Stack({ column, x, width, y }: StackProps) {
  let below = 0
  return KINDS.map(kind => {
    const count = column[kind]
    if (count === 0) return null
    below += count
    return (
      <Bar
        key={kind}
        className={css[kind] ?? ''}
        x={`${x}%`}
        width={`${width}%`}
        y={FLOOR - y(below)}
        height={Math.max(1, y(count) - 1)}
      />
    )
  })
}

function Grid({ y }: { y: ReturnType<typeof scaleLinear<number>> }) {
  const ticks = y.ticks(3).filter(tick => tick > 0 && Number.isInteger(tick))
  return ticks.map(tick => (
    <g key={tick}>
      <line className={css.grid} x1="0" x2="100%" y1={FLOOR - y(tick) + 0.5} y2={FLOOR - y(tick) + 0.5} />
      <text className={css.end} x="-8" y={FLOOR - y(tick) + 4}>
        {counted(tick)}
      </text>
    </g>
  ))
}
