import { useSearchParams } from 'wouter'
import type { Campaign } from '../../contract/shapes.ts'
import { useFigures, useReconcile } from '../api/figures.ts'
import { useLeads } from '../api/leads.ts'
import { useLinks } from '../api/links.ts'
import { useLive } from '../api/live.ts'
import { dayIn } from '../format/day.ts'
import { linkName } from '../format/names.ts'
import { readRange, standardRange } from '../format/range.ts'
import { DevicesPanel } from '../panels/devices.tsx'
import { FunnelPanel } from '../panels/funnel.tsx'
import { LinksPanel } from '../panels/links.tsx'
import { PagesPanel } from '../panels/pages.tsx'
import { RecentSessions } from '../panels/recent_sessions.tsx'
import { ReconcileLine } from '../panels/reconcile.tsx'
import { ReferrersPanel } from '../panels/referrers.tsx'
import { SessionsByDay } from '../panels/sessions_by_day.tsx'
import { Choice } from '../parts/choice.tsx'
import controls from '../parts/controls.module.css'
import { FigurePanel } from '../parts/figures.tsx'
import { NowStrip } from '../parts/now_strip.tsx'
import panel from '../parts/panel.module.css'
import { CustomDays, RangePicker } from '../parts/range_picker.tsx'
import text from '../parts/text.module.css'
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
  const figures = useFigures(id, filter)
  const live = useLive().filter(one => one.campaign.id === id)
  const waiting = (useLeads(id).data ?? []).filter(lead => lead.status === 'new')
  return (
    <>
      <NowStrip live={live} waiting={waiting.map(lead => ({ ...lead, campaign_id: id }))} zone={zone} />
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
          <ReconcileLine id={id} filter={filter} figures={figures.data} />
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
      <RecentSessions id={id} filter={filter} zone={zone} live={live} />
      <div className={`${panel.two} ${panel.even}`}>
        <DevicesPanel id={id} filter={filter} />
        <ReferrersPanel id={id} filter={filter} />
      </div>
    </>
  )
}

/** One link or all of them, kept in the address. */
function LinkFilter({ id }: { id: string }) {
  const [search, setSearch] = useSearchParams()
  const links = useLinks(id).data ?? []
  if (links.length < 2) return null
  const choose = (link: string) =>
    setSearch(before => {
      const next = new URLSearchParams(before)
      if (link) next.set('link', link)
      else next.delete('link')
      return next
    })
  return (
    <>
      <label className={text.hidden} htmlFor="link">
        {t('link')}
      </label>
      <Choice
        id="link"
        className={controls.end}
        value={search.get('link') ?? ''}
        onChange={event => choose(event.target.value)}
      >
        <option value="">{t('all_links', { count: links.length })}</option>
        {links.map(link => (
          <option key={link.id} value={link.id}>
            {linkName(link)}
          </option>
        ))}
      </Choice>
    </>
  )
}
