import type { Filter } from '../api/figures.ts'
import { useReport } from '../api/figures.ts'
import { columns, total } from '../charts/day_columns.ts'
import css from '../charts/days.module.css'
import { Days } from '../charts/days.tsx'
import { busiest } from '../format/busiest.ts'
import { counted } from '../format/count.ts'
import { dayIn } from '../format/day.ts'
import { duration } from '../format/duration.ts'
import { dayName } from '../format/when.ts'
import { Mark } from '../parts/mark.tsx'
import { Panel } from '../parts/panel.tsx'
import table from '../parts/table.module.css'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

interface SessionsByDayProps {
  id: string
  filter: Filter
  zone: string
  published: string | null
  live: boolean
}

export function SessionsByDay({ id, filter, zone, published, live }: SessionsByDayProps) {
  const { data } = useReport(id, 'sessions_by_day', filter)
  if (!data) return <WaitingPanel lines={5} height={24} />
  const shown = columns(data)
  const sum = (pick: (one: (typeof shown)[number]) => number) =>
    shown.reduce((all, one) => all + pick(one), 0)
  const title = busiest(data) ?? t('sessions_by_day')
  const busy = data.filter(one => one.new + one.actual > 0)
  const today = dayIn(zone, new Date())
  return (
    <Panel
      title={title}
      aside={
        <p className={css.key}>
          <span>
            <Mark kind="engaged" />
            {t('key_engaged', { count: sum(one => one.engaged) })}
          </span>
          <span>
            <Mark kind="actual" />
            {t('key_actual', { count: sum(one => one.actual) })}
          </span>
          <span>
            <Mark kind="new" />
            {t('key_new', { count: sum(one => one.new) })}
          </span>
        </p>
      }
    >
      <figure>
        <Days
          columns={shown}
          label={t('days_label', { title, count: sum(total) })}
          published={published ? dayIn(zone, published) : undefined}
          live={live && data.at(-1)?.day === today}
          today={data.at(-1)?.day === today}
        />
      </figure>
      <details className={css.asTable}>
        <summary>{t('show_table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section className={css.scroll} tabIndex={0} aria-label={t('sessions_by_day')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                <th scope="col" className={table.num}>
                  {t('flag_new')}
                </th>
                <th scope="col" className={table.num}>
                  {t('flag_actual')}
                </th>
                <th scope="col" className={table.num}>
                  {t('flag_engaged')}
                </th>
                <th scope="col" className={table.num}>
                  {t('time')}
                </th>
              </tr>
            </thead>
            <tbody>
              {busy.map(one => (
                <tr key={one.day}>
                  <th scope="row">{dayName(one.day)}</th>
                  <td className={table.num}>{counted(one.new)}</td>
                  <td className={table.num}>{counted(one.actual)}</td>
                  <td className={table.num}>{counted(one.engaged)}</td>
                  <td className={table.num}>{duration(one.total_time_ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </Panel>
  )
}
