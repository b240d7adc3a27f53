import { Plus } from 'lucide-react'
import { useSearchParams } from 'wouter'
import { useCampaigns, useProjects } from '../api/campaigns.ts'
import { useWaiting } from '../api/leads.ts'
import { useLive } from '../api/live.ts'
import { dayIn } from '../format/day.ts'
import { keptDays, readRange } from '../format/range.ts'
import { CAMPAIGN_SORTS } from '../format/sorting.ts'
import { Choice } from '../parts/choice.tsx'
import controls from '../parts/controls.module.css'
import frame from '../parts/frame.module.css'
import { Link } from '../parts/link.tsx'
import { NowStrip } from '../parts/now_strip.tsx'
import { CustomDays, RangePicker } from '../parts/range_picker.tsx'
import text from '../parts/text.module.css'
import { useTitle } from '../parts/title.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useSorting } from '../parts/use_sorting.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { CampaignTable } from './campaign_table.tsx'
import { FirstCampaign } from './first_campaign.tsx'

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every campaign with its three figures. */
export function CampaignsScreen() {
  useTitle(t('campaigns'))
  const [search, setSearch] = useSearchParams()
  const projects = useProjects().data ?? []
  const project = search.get('project') ?? undefined
  const zone = projects.find(one => one.id === project)?.time_zone ?? projects[0]?.time_zone ?? ownZone
  const kept = keptDays(project ? projects.filter(one => one.id === project) : projects, Date.now())
  const range = readRange(search, dayIn(zone, new Date()), '30d')
  const sorting = useSorting(CAMPAIGN_SORTS)
  const { q, sort, order } = sorting
  const campaigns = useCampaigns({ project, from: range.from, to: range.to, q, sort, order })
  const live = useLive()
  const waiting = useWaiting()
  const choose = (id: string) =>
    setSearch(before => {
      const next = new URLSearchParams(before)
      if (id) next.set('project', id)
      else next.delete('project')
      return next
    })
  const { items } = campaigns
  const nothing = items?.length === 0 && !project && !q
  return (
    <>
      <div className={frame.top}>
        <h1>{t('campaigns')}</h1>
        {!nothing && (
          <div className={frame.actions}>
            <Link className={`${controls.button} ${controls.first}`} href="/campaigns/new">
              <Plus size={16} aria-hidden />
              {t('new_campaign')}
            </Link>
          </div>
        )}
      </div>
      <NowStrip live={live} waiting={waiting} zone={zone} />
      {campaigns.error && (
        <Trouble error={campaigns.error} still={items && t('figures_as_of_before')} retry={campaigns.again} />
      )}
      {nothing ? (
        <FirstCampaign />
      ) : (
        <>
          <div className={controls.filters}>
            <RangePicker range={range} zone={zone} kept={kept} />
            {projects.length > 1 && (
              <>
                <label className={text.hidden} htmlFor="project">
                  {t('project')}
                </label>
                <Choice
                  id="project"
                  className={controls.end}
                  value={project ?? ''}
                  onChange={event => choose(event.target.value)}
                >
                  <option value="">{t('all_projects')}</option>
                  {projects.map(one => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </Choice>
              </>
            )}
          </div>
          <CustomDays range={range} zone={zone} />
          {items ? (
            <CampaignTable list={campaigns} sorting={sorting} live={live} projects={projects} />
          ) : (
            !campaigns.error && <WaitingPanel lines={6} height={56} />
          )}
        </>
      )}
    </>
  )
}
