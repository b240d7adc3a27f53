import { Suspense } from 'react'
import { useCampaign, useProjects } from '../api/campaigns.ts'
import { useReconcile } from '../api/figures.ts'
import { useLeadCount } from '../api/leads.ts'
import { useFirstLinks } from '../api/links.ts'
import { ApiProblem } from '../api/request.ts'
import { counted } from '../format/count.ts'
import { keptDays } from '../format/range.ts'
import controls from '../parts/controls.module.css'
import { CopyLink } from '../parts/copy_link.tsx'
import frame from '../parts/frame.module.css'
import { lazyScreen } from '../parts/lazy_screen.ts'
import { Link } from '../parts/link.tsx'
import { useTitle } from '../parts/title.ts'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { Missing } from './missing.tsx'
import { PerformanceScreen } from './performance.tsx'
import { SampleNote } from './sample_note.tsx'

const SessionsScreen = lazyScreen(() => import('./sessions.tsx'))
const SessionScreen = lazyScreen(() => import('./session.tsx'))
const LinksScreen = lazyScreen(() => import('./links.tsx'))
const LeadsScreen = lazyScreen(() => import('./leads.tsx'))

type Tab = 'performance' | 'sessions' | 'links' | 'leads'

interface CampaignScreenProps {
  id: string
  /** the open tab, or one session */
  tab: Tab | { session: string }
}

/** A campaign: its title, its tabs, and what the open tab shows. */
export default function CampaignScreen({ id, tab }: CampaignScreenProps) {
  const campaign = useCampaign(id)
  const projects = useProjects()
  const project = projects.data?.find(one => one.id === campaign.data?.project_id)
  const zone = project?.time_zone ?? 'UTC'
  const kept = keptDays(project ? [project] : [], Date.now())
  useTitle(campaign.data?.title)
  if (campaign.error instanceof ApiProblem && [400, 404].includes(campaign.error.status)) return <Missing />
  if (campaign.error && !campaign.data) {
    return <Trouble error={campaign.error} retry={() => void campaign.refetch()} />
  }
  if (!campaign.data || !projects.data) return <WaitingPanel lines={8} height={24} />
  if (typeof tab === 'object') {
    return (
      <Suspense fallback={<WaitingPanel lines={8} height={24} />}>
        <SampleNote campaign={campaign.data} />
        <SessionScreen campaign={campaign.data} id={tab.session} zone={zone} key={tab.session} />
      </Suspense>
    )
  }
  const screens = {
    performance: <PerformanceScreen campaign={campaign.data} zone={zone} kept={kept} />,
    sessions: <SessionsScreen id={id} zone={zone} kept={kept} />,
    links: <LinksScreen campaign={campaign.data} zone={zone} />,
    leads: <LeadsScreen campaign={campaign.data} zone={zone} />,
  }
  return (
    <>
      <CampaignHead id={id} title={campaign.data.title} published={campaign.data.published_at !== null} />
      <Tabs id={id} tab={tab} />
      <SampleNote campaign={campaign.data} />
      <Suspense fallback={<WaitingPanel lines={8} height={24} />}>{screens[tab]}</Suspense>
    </>
  )
}

function CampaignHead({ id, title, published }: { id: string; title: string; published: boolean }) {
  const first = useFirstLinks(id).data
  const link = first?.items.find(one => one.off_at === null)
  const opened = useReconcile(id, {}).data?.total ?? 0
  return (
    <div className={frame.top}>
      <div>
        <nav className={frame.crumb} aria-label={t('you_are_here')}>
          <Link href="/">← {t('campaigns')}</Link>
        </nav>
        <h1>{title}</h1>
      </div>
      <div className={frame.actions}>
        <Link className={controls.button} href={`/campaigns/${id}/pages`}>
          {t('edit')}
        </Link>
        {published && link && (
          <a className={controls.button} href={link.url} target="_blank" rel="noreferrer">
            {t('see_as_reader')}
          </a>
        )}
        {published && opened > 0 && first && (
          <CopyLink campaign={id} first={first.items} total={first.total} />
        )}
      </div>
    </div>
  )
}

function Tabs({ id, tab }: { id: string; tab: Tab }) {
  const sessions = useReconcile(id, {}).data?.total
  const links = useFirstLinks(id).data?.total
  const leads = useLeadCount(id)
  const shown = (n: number | undefined) => n !== undefined && counted(n)
  const at = (name: Tab) => (name === tab ? 'page' : undefined)
  const address = `/campaigns/${id}` as const
  return (
    <nav className={frame.tabs} aria-label={t('campaign')}>
      <Link href={address} aria-current={at('performance')}>
        {t('performance')}
      </Link>
      <Link href={`${address}/sessions`} aria-current={at('sessions')}>
        {t('sessions')} <span>{shown(sessions)}</span>
      </Link>
      <Link href={`${address}/links`} aria-current={at('links')}>
        {t('links')} <span>{shown(links)}</span>
      </Link>
      <Link href={`${address}/leads`} aria-current={at('leads')}>
        {t('leads')} <span>{shown(leads)}</span>
      </Link>
      <Link href={`${address}/pages`}>{t('pages')}</Link>
    </nav>
  )
}
