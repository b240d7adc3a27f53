import type { ReportItem } from '../../contract/shapes.ts'
import { PAGES } from '../../contract/words.ts'
import { type Filter, useReport } from '../api/figures.ts'
import { Meter } from '../charts/meter.tsx'
import { duration } from '../format/duration.ts'
import { pageName, shortTitle } from '../format/names.ts'
import { Nothing, Panel } from '../parts/panel.tsx'
import css from '../parts/rank.module.css'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

type PageRow = ReportItem<'pages'>
type StudyRow = ReportItem<'case_studies'>

/** Time on the pages, and on each case study within its page. */
export function PagesPanel({ id, filter }: { id: string; filter: Filter }) {
  const pages = useReport(id, 'pages', filter).data
  const studies = useReport(id, 'case_studies', filter).data
  if (!pages || !studies) return <WaitingPanel lines={7} height={24} />
  const order = (page: string) => {
    const place = PAGES.indexOf(page as (typeof PAGES)[number])
    return place < 0 ? PAGES.length : place
  }
  const rows = pages
    .filter(one => one.sessions > 0)
    .sort((a, b) => order(a.page) - order(b.page) || b.active_ms - a.active_ms)
  const most = Math.max(1, ...rows.map(row => row.active_ms))
  return (
    <Panel title={pagesTitle(rows, studies)} aside={t('time_sessions')}>
      {rows.length === 0 && <Nothing>{t('no_reading')}</Nothing>}
      <ul className={css.rank}>
        {rows.flatMap(row => [
          <li key={row.page}>
            <span>{pageName(row.page)}</span>
            <span className={css.value}>{duration(row.active_ms)}</span>
            <span className={css.sub}>{t('sessions_count', { count: row.sessions })}</span>
            <Meter share={row.active_ms / most} />
          </li>,
          ...(row.page === 'case_studies' ? studyRows(row, studies) : []),
        ])}
      </ul>
    </Panel>
  )
}

function studyRows(page: PageRow, studies: StudyRow[]) {
  const seen = studies.filter(one => one.active_ms > 0 || one.sessions > 0)
  if (seen.length === 0) return []
  const longest = Math.max(...seen.map(one => one.active_ms))
  const between = page.active_ms - seen.reduce((sum, one) => sum + one.active_ms, 0)
  const line = (key: string, name: string, ms: number, sessions: number | null, top: boolean) => (
    <li key={key} className={css.inner}>
      <span>{name}</span>
      <span className={css.value}>{duration(ms)}</span>
      <span className={css.sub}>{sessions === null ? '' : t('sessions_count', { count: sessions })}</span>
      <Meter share={page.active_ms ? ms / page.active_ms : 0} tone={top ? 'top' : 'bar'} />
    </li>
  )
  return [
    ...seen.map(one => line(one.id, one.title, one.active_ms, one.sessions, one.active_ms === longest)),
    ...(between >= 1_000 ? [line('between', t('between_them'), between, null, false)] : []),
  ]
}

/** Which case study, or else which page, holds readers longest. */
function pagesTitle(pages: PageRow[], studies: StudyRow[]): string {
  const study = [...studies].sort((a, b) => b.active_ms - a.active_ms)[0]
  if (study && study.active_ms > 0 && studies.length > 1) {
    return t('holds_longest', { title: shortTitle(study.title) })
  }
  const page = [...pages].sort((a, b) => b.active_ms - a.active_ms)[0]
  if (page && page.active_ms > 0 && pages.length > 1) return t('page_longest', { page: pageName(page.page) })
  return t('time_by_page')
}
