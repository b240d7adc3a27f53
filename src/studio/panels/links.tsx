import type { Link as LinkShape, LiveItem, ReportItem } from '../../contract/shapes.ts'
import { type Filter, useReport } from '../api/figures.ts'
import { useLinks } from '../api/links.ts'
import { Meter } from '../charts/meter.tsx'
import { duration } from '../format/duration.ts'
import { linkName } from '../format/names.ts'
import { CopyButton } from '../parts/copy_button.tsx'
import { Link } from '../parts/link.tsx'
import { Dot, Mark, type MarkKind } from '../parts/mark.tsx'
import { Panel } from '../parts/panel.tsx'
import table from '../parts/table.module.css'
import { CELL, ROW, ROW_HEAD, ROWS, TABLE } from '../parts/table_roles.ts'
import text from '../parts/text.module.css'
import { WaitingPanel } from '../parts/waiting.tsx'
import { When } from '../parts/when.tsx'
import { t } from '../texts.ts'
import css from './links.module.css'

type Row = ReportItem<'links'>

interface LinksPanelProps {
  id: string
  filter: Filter
  zone: string
  live: LiveItem[]
}

/** Who read: a line for each link, by time. */
export function LinksPanel({ id, filter, zone, live }: LinksPanelProps) {
  const { data } = useReport(id, 'links', filter)
  const links = useLinks(id).data ?? []
  if (!data) return <WaitingPanel lines={6} height={20} />
  const rows = [...data].sort((a, b) => b.total_time_ms - a.total_time_ms || opened(b) - opened(a))
  const most = Math.max(1, ...rows.map(row => row.total_time_ms))
  return (
    <Panel title={t('who_read')} aside={<p className={text.wideOnly}>{t('persons_only')}</p>}>
      <table className={`${table.table} ${table.folds} ${css.links}`} {...TABLE}>
        <Head />
        <tbody {...ROWS}>
          {rows.map(row => (
            <LinkRow
              key={row.link_id}
              row={row}
              share={row.total_time_ms / most}
              zone={zone}
              live={live.some(one => one.link.id === row.link_id)}
              link={links.find(one => one.id === row.link_id)}
            />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Head() {
  return (
    <>
      <colgroup>
        <col width="26%" />
        <col width="9%" />
        <col width="9%" />
        <col width="9%" />
        <col width="21%" />
        <col width="16%" />
        <col width="10%" />
      </colgroup>
      <thead {...ROWS}>
        <tr {...ROW}>
          <th scope="col">{t('recipient')}</th>
          <th scope="col" className={table.num}>
            {t('opened')}
          </th>
          <th scope="col" className={table.num}>
            {t('flag_actual')}
          </th>
          <th scope="col" className={table.num}>
            {t('flag_engaged')}
          </th>
          <th scope="col" className={table.num} aria-sort="descending">
            {t('time')} ↓
          </th>
          <th scope="col" className={table.num}>
            {t('last_read')}
          </th>
          <th scope="col" className={table.num}>
            {t('came_back')}
          </th>
        </tr>
      </thead>
    </>
  )
}

const opened = (row: Row) => row.actual_sessions + row.new_sessions

function kindOf(row: Row): MarkKind {
  if (row.engaged_sessions > 0) return 'engaged'
  if (row.actual_sessions > 0) return 'actual'
  return row.new_sessions > 0 ? 'new' : 'other'
}

interface LinkRowProps {
  row: Row
  share: number
  zone: string
  live: boolean
  link: LinkShape | undefined
}

function LinkRow({ row, share, zone, live, link }: LinkRowProps) {
  const times = opened(row)
  const count = (unit: 'opened' | 'actual' | 'engaged', value: number) => (
    <td
      {...CELL}
      className={`${table.num} ${value === 0 ? table.zero : ''}`}
      data-unit={unit}
      data-label={t(`unit_${unit}`)}
      data-zero={value === 0 || undefined}
    >
      {value}
    </td>
  )
  return (
    <tr {...ROW}>
      <th scope="row" {...ROW_HEAD}>
        <span className={table.who}>
          <Mark kind={kindOf(row)} named={times === 0 ? t('not_opened') : true} />
          <Link query={{ link: row.link_id }}>{linkName(row)}</Link>
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
        <LastRead row={row} zone={zone} live={live} link={link} />
      </td>
      <td
        {...CELL}
        className={`${table.num} ${times > 1 ? css.back : `${css.backNone} ${table.zero}`}`}
        data-label={t('unit_back')}
      >
        {times > 1 ? t('times', { count: times - 1 }) : t('nothing_to_divide')}
      </td>
    </tr>
  )
}

function LastRead({ row, zone, live, link }: Omit<LinkRowProps, 'share'>) {
  if (live) {
    return (
      <>
        <Dot />
        <span className={text.wideOnly}>{t('reading_now_word')}</span>
        <span className={text.phoneOnly}>{t('now_word')}</span>
      </>
    )
  }
  if (row.last_read_at) return <When at={row.last_read_at} zone={zone} />
  if (link?.off_at) return <>{t('off')}</>
  if (link)
    return <CopyButton value={link.url} look="link" label={t('copy_link_of', { name: linkName(row) })} />
  return <>{t('nothing_to_divide')}</>
}
