import type { Campaign } from '../../contract/shapes.ts'
import { useLeads } from '../api/leads.ts'
import css from '../parts/lead_card.module.css'
import { LeadCard } from '../parts/lead_card.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

/** Who wrote through this campaign's contact page. */
export default function LeadsScreen({ campaign, zone }: { campaign: Campaign; zone: string }) {
  const leads = useLeads(campaign.id)
  if (leads.error && !leads.data) return <Trouble error={leads.error} retry={() => void leads.refetch()} />
  if (!leads.data) return <WaitingPanel lines={4} height={32} />
  return (
    <Panel title={t('leads')}>
      {leads.data.length === 0 && (
        <Nothing>{campaign.draft.contact.form ? t('nobody_wrote') : t('no_form')}</Nothing>
      )}
      <ul className={css.leads}>
        {leads.data.map(lead => (
          <LeadCard key={lead.id} campaign={campaign.id} lead={lead} zone={zone} />
        ))}
      </ul>
    </Panel>
  )
}
