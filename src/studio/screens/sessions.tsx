import { useSearchParams } from 'wouter'
import { useReconcile } from '../api/figures.ts'
import { useLive } from '../api/live.ts'
import { type OpenFilter, type SessionFilter, useOpens, useSessions } from '../api/sessions.ts'
import { dayIn } from '../format/day.ts'
import { readRange } from '../format/range.ts'
import type { Sorts } from '../format/sorting.ts'
import controls from '../parts/controls.module.css'
import { Hidden } from '../parts/hidden.tsx'
import { Link } from '../parts/link.tsx'
import { LinkFilter } from '../parts/link_filter.tsx'
import { ListBar } from '../parts/list_bar.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { CustomDays, RangePicker } from '../parts/range_picker.tsx'
import { OpenRows, SessionRows } from '../parts/session_rows.tsx'
import { ShowMore } from '../parts/show_more.tsx'
import { SortHead } from '../parts/sort_head.tsx'
import { ROW, ROWS } from '../parts/table_roles.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useSorting } from '../parts/use_sorting.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

const SHOWS = ['all', 'actual', 'new', 'bot', 'unscripted', 'owner', 'private'] as const
type Show = (typeof SHOWS)[number]

const SESSION_SORTS = {
  names: { started: 'desc', link: 'asc', time: 'desc' },
  standard: 'started',
} as const satisfies Sorts<string>
const OPEN_SORTS = {
  names: { at: 'desc', link: 'asc' },
  standard: 'at',
  prefix: 'opens_',
} as const satisfies Sorts<string>

const NAMES: Record<Show, () => string> = {
  all: () => t('show_all'),
  actual: () => t('flag_actual'),
  new: () => t('show_new'),
  bot: () => t('show_bot'),
  unscripted: () => t('show_unscripted'),
  owner: () => t('show_owner'),
  private: () => t('show_private'),
}

/** What each choice lists: sessions, unclaimed opens, or both. The terms of the reconciling line count the same. */
const FILTERS: Record<Show, { sessions?: SessionFilter; opens?: OpenFilter }> = {
  all: { sessions: {}, opens: {} },
  actual: { sessions: { verdict: 'person', flag: 'actual,engaged' } },
  new: { sessions: { verdict: 'person', flag: 'new' } },
  bot: { sessions: { verdict: 'bot' }, opens: { verdict: 'bot' } },
  unscripted: { opens: { verdict: 'person' } },
  owner: { sessions: { verdict: 'owner' }, opens: { verdict: 'owner' } },
  private: { sessions: { private: 'true' }, opens: { private: 'true' } },
}

/** Every session and every open, counted or not. */
export default function SessionsScreen({
  id,
  zone,
  kept,
}: {
  id: string
  zone: string
  kept: number | null
}) {
  const [search] = useSearchParams()
  const asked = search.get('show')
  const show = SHOWS.find(one => one === asked) ?? 'all'
  const range = readRange(search, dayIn(zone, new Date()), 'all')
  const narrowed = { from: range.from, to: range.to, link: search.get('link') ?? undefined }
  // of all time and all links, as the tabs have asked already: choices that come and go with the range would be moved
  // under a finger
  const counts = useReconcile(id, {}).data
  const { sessions, opens } = FILTERS[show]
  return (
    <>
      <div className={controls.filters}>
        <RangePicker range={range} zone={zone} kept={kept} />
        <LinkFilter id={id} />
      </div>
      <div className={controls.filters}>
        <nav className={`${controls.choice} ${controls.many}`} aria-label={t('show')}>
          {SHOWS.filter(one => one === 'all' || one === show || (counts && counts[one] > 0)).map(one => (
            <Link
              key={one}
              query={{ show: one, rows: null, opens_rows: null }}
              aria-current={one === show ? 'true' : undefined}
            >
              {NAMES[one]()}
            </Link>
          ))}
        </nav>
      </div>
      <CustomDays range={range} zone={zone} />
      {sessions && <SessionsPanel id={id} zone={zone} filter={{ ...narrowed, ...sessions }} />}
      {opens && <OpensPanel id={id} zone={zone} filter={{ ...narrowed, ...opens }} alone={!sessions} />}
    </>
  )
}

interface SessionsPanelProps {
  id: string
  zone: string
  filter: SessionFilter
}

function SessionsPanel({ id, zone, filter }: SessionsPanelProps) {
  const sorting = useSorting(SESSION_SORTS)
  const { q, sort, order } = sorting
  const list = useSessions(id, { ...filter, q, sort, order })
  const live = useLive().filter(one => one.campaign.id === id)
  if (list.error && !list.items) return <Trouble error={list.error} retry={list.again} />
  if (!list.items) return <WaitingPanel lines={9} height={20} />
  return (
    <Panel title={t('sessions')}>
      <ListBar
        label={t('search_sessions')}
        rows={list.items.length}
        sorting={sorting}
        names={{ started: t('when'), link: t('recipient'), time: t('time') }}
      />
      {list.items.length === 0 ? (
        <Nothing>{q ? t('nothing_found', { q }) : t('no_session_here')}</Nothing>
      ) : (
        <SessionRows
          id={id}
          sessions={list.items}
          zone={zone}
          live={live}
          head={
            <thead {...ROWS}>
              <tr {...ROW}>
                <th scope="col">{t('counted_as')}</th>
                <SortHead sort="link" sorting={sorting}>
                  {t('recipient')}
                </SortHead>
                <th scope="col">{t('what_they_did')}</th>
                <SortHead sort="time" sorting={sorting}>
                  {t('time')}
                </SortHead>
                <SortHead sort="started" sorting={sorting}>
                  {t('when')}
                </SortHead>
              </tr>
            </thead>
          }
        />
      )}
      <ShowMore list={list} />
    </Panel>
  )
}

interface OpensPanelProps {
  id: string
  zone: string
  filter: OpenFilter
  /** no sessions stand above it */
  alone: boolean
}

function OpensPanel({ id, zone, filter, alone }: OpensPanelProps) {
  const sorting = useSorting(OPEN_SORTS)
  const { q, sort, order } = sorting
  const list = useOpens(id, { ...filter, q, sort, order })
  if (list.error && !list.items) return <Trouble error={list.error} retry={list.again} />
  if (!list.items) return <WaitingPanel lines={3} height={20} />
  if (list.items.length === 0 && !alone) return null
  return (
    <Panel title={t('opens_title')} aside={t('opens_words')}>
      {alone && <ListBar label={t('search_sessions')} rows={list.items.length} />}
      {list.items.length === 0 ? (
        <Nothing>{q ? t('nothing_found', { q }) : t('no_open_here')}</Nothing>
      ) : (
        <OpenRows
          id={id}
          opens={list.items}
          zone={zone}
          head={
            <thead {...ROWS}>
              <tr {...ROW}>
                <th scope="col">{t('counted_as')}</th>
                <SortHead sort="link" sorting={sorting}>
                  {t('recipient')}
                </SortHead>
                <th scope="col">{t('why')}</th>
                <th scope="col">
                  <Hidden>{t('time')}</Hidden>
                </th>
                <SortHead sort="at" sorting={sorting}>
                  {t('when')}
                </SortHead>
              </tr>
            </thead>
          }
        />
      )}
      <ShowMore list={list} name="opens_rows" />
    </Panel>
  )
}
