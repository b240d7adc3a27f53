import type { Figures, LinkItem, LiveItem } from '../../contract/shapes.ts'
import type { Filter } from '../api/figures.ts'
import { useLinks } from '../api/links.ts'
import { Meter } from '../charts/meter.tsx'
import { counted } from '../format/count.ts'
import { duration } from '../format/duration.ts'
import { linkName } from '../format/names.ts'
import type { Sorts } from '../format/sorting.ts'
import { CopyButton } from '../parts/copy_button.tsx'
import { Link } from '../parts/link.tsx'
import { ListBar } from '../parts/list_bar.tsx'
import { Dot, Mark, type MarkKind } from '../parts/mark.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { ShowMore } from '../parts/show_more.tsx'
import { SortHead } from '../parts/sort_head.tsx'
import table from '../parts/table.module.css'
import { CELL, ROW, ROW_HEAD, ROWS, TABLE } from '../parts/table_roles.ts'
import text from '../parts/text.module.css'
import { type Sorting, useSorting } from '../parts/use_sorting.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { When } from '../parts/when.tsx'
import { t } from '../texts.ts'
import css from './links.module.css'

const SORTS = {
  names: { time: 'desc', label: 'asc', opened: 'desc', actual: 'desc', engaged: 'desc', last_read: 'desc' },
  standard: 'time',
} as const satisfies Sorts<string>
type Name = keyof typeof SORTS.names

const NAMES: Record<Name, () => string> = {
  time: () => t('time'),
  label: () => t('recipient'),
  opened: () => t('visits'),
  actual: () => t('flag_actual'),
  engaged: () => t('flag_engaged'),
  last_read: () => t('last_read'),
}
const names = () =>
  Object.fromEntries(Object.entries(NAMES).map(([name, words]) => [name, words()])) as Record<Name, string>

interface LinksPanelProps {
  id: string
  filter: Filter
  zone: string
  live: LiveItem[]
}

/** Who read: a line for each link, by time. */
export function LinksPanel({ id, filter, zone, live }: LinksPanelProps) {
  const sorting = useSorting(SORTS)
  const { q, sort, order } = sorting
  const list = useLinks(id, { ...filter, q, sort, order })
  if (!list.items) return <WaitingPanel lines={6} height={20} />
  const rows = list.items
  const most = Math.max(1, ...rows.map(row => row.figures.total_time_ms))
  return (
    <Panel title={t('who_read')} aside={<p className={text.wideOnly}>{t('persons_only')}</p>}>
      <ListBar label={t('search_links')} rows={list.total ?? 0} sorting={sorting} names={names()} />
      {rows.length === 0 ? (
        <Nothing>{t('nothing_found', { q: q ?? '' })}</Nothing>
      ) : (
        <table className={`${table.table} ${table.folds} ${css.links}`} {...TABLE}>
          <Head sorting={sorting} />
          <tbody {...ROWS}>
            {rows.map(row => (
              <LinkRow
                key={row.id}
                link={row}
                share={row.figures.total_time_ms / most}
                zone={zone}
                live={live.some(one => one.link.id === row.id)}
              />
            ))}
          </tbody>
        </table>
      )}
      <ShowMore list={list} />
    </Panel>
  )
}

function Head({ sorting }: { sorting: Sorting<Name> }) {
  const head = (name: Name, num = true) => (
    <SortHead sort={name} sorting={sorting} num={num}>
      {NAMES[name]()}
    </SortHead>
  )
  return (
    <>
      <colgroup>
        <col width="28%" />
        <col width="10%" />
        <col width="10%" />
        <col width="10%" />
        <col width="24%" />
        <col width="18%" />
      </colgroup>
      <thead {...ROWS}>
        <tr {...ROW}>
          {head('label', false)}
          {head('opened')}
          {head('actual')}
          {head('engaged')}
          {head('time')}
          {head('last_read')}
        </tr>
      </thead>
    </>
  )
}

const opened = (row: Figures) => row.actual_sessions + row.new_sessions

function kindOf(row: Figures): MarkKind {
  if (row.engaged_sessions > 0) return 'engaged'
  if (row.actual_sessions > 0) return 'actual'
  return row.new_sessions > 0 ? 'new' : 'other'
}

interface LinkRowProps {
  link: LinkItem
  share: number
  zone: string
  live: boolean
}

function LinkRow({ link, share, zone, live }: LinkRowProps) {
  const row = link.figures
  const times = opened(row)
  const count = (unit: 'opened' | 'actual' | 'engaged', value: number) => (
    <td
      {...CELL}
      className={`${table.num} ${value === 0 ? table.zero : ''}`}
      data-unit={unit}
      data-label={t(`unit_${unit}`)}
      data-zero={value === 0 || undefined}
    >
      {counted(value)}
    </td>
  )
  return (
    <tr {...ROW}>
      <th scope="row" {...ROW_HEAD}>
        <span className={table.who}>
          <Mark kind={kindOf(row)} named={times === 0 ? t('not_opened') : true} />
          <Link className={text.long} query={{ link: link.id }}>
            {linkName(link)}
          </Link>
        </span>
      </th>
      {count('opened', times)}
      {count('actual', row.actual_sessions)}
      {count('engaged', row.engaged_sessions)}
      <td {...CELL} className={`${css.time} ${table.num} ${times === 0 ? `${css.none} ${table.zero}` : ''}`}>
        <span>
          {times > 0 && <Meter share={share} />}
          {times > 0 ? duration(row.total_time_ms) : t('nothing_to_divide')}
        </span>
      </td>
      <td {...CELL} className={`${table.num} ${css.when}`}>
        <LastRead zone={zone} live={live} link={link} />
      </td>
    </tr>
  )
}

function LastRead({ zone, live, link }: Omit<LinkRowProps, 'share'>) {
  if (live) {
    return (
      <>
        <Dot />
        <span className={text.wideOnly}>{t('reading_now_word')}</span>
        <span className={text.phoneOnly}>{t('now_word')}</span>
      </>
    )
  }
  if (link.figures.last_read_at) return <When at={link.figures.last_read_at} zone={zone} />
  if (link.off_at) return <>{t('off')}</>
  return <CopyButton value={link.url} look="link" label={t('copy_link_of', { name: linkName(link) })} />
}
