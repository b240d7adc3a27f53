import type { LiveItem } from '../../contract/shapes.ts'
import { type Filter, useReconcile } from '../api/figures.ts'
import { useRecentSessions } from '../api/sessions.ts'
import { Link } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import { Nothing, Panel } from '../parts/panel.tsx'
import { SessionRows } from '../parts/session_rows.tsx'
import text from '../parts/text.module.css'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

const SHOWN = 9

interface RecentSessionsProps {
  id: string
  filter: Filter
  zone: string
  live: LiveItem[]
  /** the query that narrows a list as the figures are narrowed */
  narrowed: string
}

export function RecentSessions({ id, filter, zone, live, narrowed }: RecentSessionsProps) {
  const sessions = useRecentSessions(id, filter, SHOWN).data
  const all = useReconcile(id, filter).data
  if (!sessions || !all) return <WaitingPanel lines={9} height={20} />
  const persons = all.actual + all.new
  return (
    <Panel
      title={t('recent_sessions')}
      aside={t('persons_and_others', { persons, others: all.total - persons })}
    >
      {sessions.length === 0 ? (
        <Nothing>{t('no_reading')}</Nothing>
      ) : (
        <SessionRows id={id} sessions={sessions} zone={zone} live={live} />
      )}
      <p className={panel.more}>
        <Link className={text.link} href={`/campaigns/${id}/sessions?${narrowed}`}>
          {t('all_sessions_and_opens', { count: all.total })}
        </Link>
      </p>
    </Panel>
  )
}
