import { useProjects } from '../api/campaigns.ts'
import { useAllLeads } from '../api/leads.ts'
import frame from '../parts/frame.module.css'
import css from '../parts/lead_card.module.css'
import { LeadCard } from '../parts/lead_card.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { useTitle } from '../parts/title.ts'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

/** Who wrote, over all campaigns: those who wait first. */
export default function AllLeadsScreen() {
  useTitle(t('leads'))
  const { leads, isPending, error } = useAllLeads()
  const projects = useProjects().data ?? []
  const groups = [
    { title: t('waiting_for_you'), leads: leads.filter(lead => lead.status === 'new') },
    { title: t('earlier_leads'), leads: leads.filter(lead => lead.status !== 'new') },
  ].filter(group => group.leads.length > 0)
  return (
    <>
      <div className={frame.top}>
        <h1>{t('leads')}</h1>
      </div>
      {error && <Trouble error={error} retry={() => location.reload()} />}
      {isPending && <WaitingPanel lines={4} height={32} />}
      {!isPending && !error && groups.length === 0 && (
        <Panel title={t('leads')}>
          <Nothing>{t('nobody_wrote')}</Nothing>
        </Panel>
      )}
      {groups.map(group => (
        <Panel key={group.title} title={group.title}>
          <ul className={css.leads}>
            {group.leads.map(lead => (
              <LeadCard
                key={lead.id}
                campaign={lead.campaign.id}
                lead={lead}
                title={lead.campaign.title}
                zone={projects.find(one => one.id === lead.campaign.project_id)?.time_zone ?? 'UTC'}
              />
            ))}
          </ul>
        </Panel>
      ))}
    </>
  )
}
