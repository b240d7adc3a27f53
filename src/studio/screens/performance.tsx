import { useSearchParams } from 'wouter'
import type { Campaign } from '../../contract/shapes.ts'
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
import { NotOpened } from './not_opened.tsx'
import { NotPublished } from './not_published.tsx'

interface PerformanceProps {
  campaign: Campaign
  zone: string
}

/** Whether the campaign was read, by whom, how long, and what they did. */
export function PerformanceScreen({ campaign, zone }: PerformanceProps) {
  const everything = useReconcile(campaign.id, {})
  if (everything.error && !everything.data) {
    return <Trouble error={everything.error} retry={() => void everything.refetch()} />
  }
  if (!everything.data) return <Waiting />
  if (everything.data.total === 0) {
    return campaign.published_at === null ? (
      <NotPublished campaign={campaign} />
    ) : (
      <NotOpened campaign={campaign} zone={zone} />
    )
  }
  return <Performance campaign={campaign} zone={zone} />
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

function Performance({ campaign, zone }: PerformanceProps) {
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
        <RangePicker range={range} since={published ?? undefined} zone={zone} />
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
      <RecentSessions id={id} filter={filter} zone={zone} live={live} narrowed={narrowed} />
      <div className={`${panel.two} ${panel.even}`}>
        <DevicesPanel id={id} filter={filter} />
        <ReferrersPanel id={id} filter={filter} />
      </div>
    </>
  )
}
