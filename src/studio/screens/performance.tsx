import { useSearchParams } from 'wouter'
import type { Campaign, Figures } from '../../contract/shapes.ts'
import { useFigures, useReconcile } from '../api/figures.ts'
import { useWaiting } from '../api/leads.ts'
import { useLive } from '../api/live.ts'
import { dayIn } from '../format/day.ts'
import { narrowedBy, readRange, standardRange } from '../format/range.ts'
import { DevicesPanel } from '../panels/devices.tsx'
import { FunnelPanel } from '../panels/funnel.tsx'
import { LinksPanel } from '../panels/links.tsx'
import { PagesPanel } from '../panels/pages.tsx'
import { RecentSessions } from '../panels/recent_sessions.tsx'
import { ReconcileLine } from '../panels/reconcile.tsx'
import { ReferrersPanel } from '../panels/referrers.tsx'
import { SessionsByDay } from '../panels/sessions_by_day.tsx'
import controls from '../parts/controls.module.css'
import { FigurePanel } from '../parts/figures.tsx'
import { LinkFilter } from '../parts/link_filter.tsx'
import { NowStrip } from '../parts/now_strip.tsx'
import panel from '../parts/panel.module.css'
import { CustomDays, RangePicker } from '../parts/range_picker.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { Checklist } from './checklist.tsx'
import { NotPublished } from './not_published.tsx'
import { SharePanel } from './share_panel.tsx'

const NOTHING: Figures = {
  actual_sessions: 0,
  engaged_sessions: 0,
  new_sessions: 0,
  engagement_rate: null,
  total_time_ms: 0,
  last_read_at: null,
}

interface PerformanceProps {
  campaign: Campaign
  zone: string
  /** see RangePicker */
  kept: number | null
}

/** Whether the campaign was read, by whom, how long, and what they did. */
export function PerformanceScreen({ campaign, zone, kept }: PerformanceProps) {
  const everything = useReconcile(campaign.id, {})
  if (everything.error && !everything.data) {
    return <Trouble error={everything.error} retry={() => void everything.refetch()} />
  }
  if (!everything.data) return <Waiting />
  const { total, actual, new: glanced } = everything.data
  if (total === 0 && campaign.published_at === null) return <NotPublished campaign={campaign} />
  const waits = campaign.published_at !== null && actual === 0
  return (
    <>
      {waits && !(campaign.checklist_hidden && total > 0) && (
        <SharePanel campaign={campaign} title={shareTitle(total, glanced)} />
      )}
      {waits && !campaign.checklist_hidden && (
        <Checklist campaign={campaign} zone={zone} everything={everything.data} />
      )}
      {total === 0 ? (
        <FigurePanel figures={NOTHING} />
      ) : (
        <Performance campaign={campaign} zone={zone} kept={kept} nobody={actual + glanced === 0} />
      )}
    </>
  )
}

function shareTitle(total: number, glanced: number): string {
  if (glanced > 0) return t('nobody_stayed')
  return total > 0 ? t('nobody_else_yet') : t('nobody_yet')
}

function Waiting() {
  return (
    <>
      <WaitingPanel lines={3} height={40} />
      <WaitingPanel lines={5} height={24} />
      <WaitingPanel lines={6} height={20} />
    </>
  )
}

/** @param nobody no person opened it in all its time: panels about readers would all be empty */
function Performance({ campaign, zone, kept, nobody }: PerformanceProps & { nobody: boolean }) {
  const { id } = campaign
  const [search] = useSearchParams()
  const today = dayIn(zone, new Date())
  const published = campaign.published_at ? dayIn(zone, campaign.published_at) : null
  const range = readRange(search, today, standardRange(published, today))
  const filter = { from: range.from, to: range.to, link: search.get('link') ?? undefined }
  const narrowed = narrowedBy(range, filter.link)
  const figures = useFigures(id, filter)
  const live = useLive().filter(one => one.campaign.id === id)
  const waiting = useWaiting(id)
  return (
    <>
      <NowStrip live={live} waiting={waiting} zone={zone} />
      <div className={controls.filters}>
        <RangePicker range={range} since={published ?? undefined} zone={zone} kept={kept} />
        <LinkFilter id={id} />
      </div>
      <CustomDays range={range} zone={zone} />
      {figures.error && (
        <Trouble
          error={figures.error}
          still={figures.data && t('figures_as_of_before')}
          retry={() => void figures.refetch()}
        />
      )}
      {figures.data ? (
        <FigurePanel figures={figures.data}>
          <ReconcileLine id={id} filter={filter} figures={figures.data} narrowed={narrowed} />
        </FigurePanel>
      ) : (
        <WaitingPanel lines={3} height={40} />
      )}
      {!nobody && (
        <>
          <SessionsByDay
            id={id}
            filter={filter}
            zone={zone}
            published={campaign.published_at}
            live={live.length > 0}
          />
          <LinksPanel id={id} filter={filter} zone={zone} live={live} />
          <div className={panel.two}>
            <PagesPanel id={id} filter={filter} />
            <FunnelPanel id={id} filter={filter} />
          </div>
        </>
      )}
      <RecentSessions id={id} filter={filter} zone={zone} live={live} narrowed={narrowed} />
      {!nobody && (
        <div className={`${panel.two} ${panel.even}`}>
          <DevicesPanel id={id} filter={filter} />
          <ReferrersPanel id={id} filter={filter} />
        </div>
      )}
    </>
  )
}
