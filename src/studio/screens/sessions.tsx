import { useSearchParams } from 'wouter'
import { useReconcile } from '../api/figures.ts'
import { useLive } from '../api/live.ts'
import { type SessionFilter, useAllSessions, useOpens } from '../api/sessions.ts'
import controls from '../parts/controls.module.css'
import { Link } from '../parts/link.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { OpenRows, SessionRows } from '../parts/session_rows.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

const SHOWS = ['all', 'actual', 'new', 'bot', 'unscripted', 'owner'] as const
type Show = (typeof SHOWS)[number]

const NAMES: Record<Show, () => string> = {
  all: () => t('show_all'),
  actual: () => t('flag_actual'),
  new: () => t('show_new'),
  bot: () => t('show_bot'),
  unscripted: () => t('show_unscripted'),
  owner: () => t('show_owner'),
}

const FILTERS: Record<Show, SessionFilter> = {
  all: {},
  actual: { verdict: 'person', flag: 'actual,engaged' },
  new: { verdict: 'person', flag: 'new' },
  bot: { verdict: 'bot' },
  unscripted: { verdict: 'person', flag: 'new' },
  owner: { verdict: 'owner' },
}

/** Every session and every open, counted or not. */
export default function SessionsScreen({ id, zone }: { id: string; zone: string }) {
  const [search] = useSearchParams()
  const asked = search.get('show')
  const show = SHOWS.find(one => one === asked) ?? 'all'
  const counts = useReconcile(id, {}).data
  return (
    <>
      <div className={controls.filters}>
        <nav className={`${controls.choice} ${controls.many}`} aria-label={t('show')}>
          {SHOWS.filter(one => one === 'all' || one === show || !counts || counts[one] > 0).map(one => (
            <Link key={one} query={{ show: one }} aria-current={one === show ? 'true' : undefined}>
              {NAMES[one]()}
            </Link>
          ))}
        </nav>
      </div>
      {show !== 'unscripted' && <SessionsPanel id={id} zone={zone} show={show} />}
      {(show === 'all' || show === 'unscripted' || show === 'bot' || show === 'owner') && (
        <OpensPanel id={id} zone={zone} show={show} />
      )}
    </>
  )
}

interface ShownProps {
  id: string
  zone: string
  show: Show
}

function SessionsPanel({ id, zone, show }: ShownProps) {
  const sessions = useAllSessions(id, FILTERS[show])
  const live = useLive().filter(one => one.campaign.id === id)
  if (sessions.error && !sessions.data) {
    return <Trouble error={sessions.error} retry={() => void sessions.refetch()} />
  }
  if (!sessions.data) return <WaitingPanel lines={9} height={20} />
  const items = sessions.data.pages.flatMap(page => page.items)
  return (
    <Panel title={t('sessions')}>
      {items.length === 0 ? (
        <Nothing>{t('no_session_here')}</Nothing>
      ) : (
        <SessionRows id={id} sessions={items} zone={zone} live={live} />
      )}
      {sessions.hasNextPage && (
        <p>
          <button
            type="button"
            className={controls.button}
            disabled={sessions.isFetchingNextPage}
            onClick={() => void sessions.fetchNextPage()}
          >
            {t('more_sessions')}
          </button>
        </p>
      )}
    </Panel>
  )
}

function OpensPanel({ id, zone, show }: ShownProps) {
  const opens = useOpens(id)
  if (opens.error && !opens.data) return <Trouble error={opens.error} retry={() => void opens.refetch()} />
  if (!opens.data) return <WaitingPanel lines={3} height={20} />
  const verdict = show === 'unscripted' ? 'person' : show
  const items = opens.data.filter(one => !one.claimed && (show === 'all' || one.verdict === verdict))
  if (items.length === 0 && show !== 'unscripted') return null
  return (
    <Panel title={t('opens_title')} aside={t('opens_words')}>
      {items.length === 0 ? <Nothing>{t('no_open_here')}</Nothing> : <OpenRows opens={items} zone={zone} />}
    </Panel>
  )
}
