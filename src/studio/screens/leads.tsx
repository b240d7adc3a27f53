import type { Campaign } from '../../contract/shapes.ts'
import { t } from '../texts.ts'
import { LeadList } from './lead_list.tsx'

/** Who wrote through this campaign's contact page. */
export default function LeadsScreen({ campaign, zone }: { campaign: Campaign; zone: string }) {
  return (
    <LeadList
      campaign={campaign.id}
      zoneOf={() => zone}
      nothing={campaign.draft.contact.form ? t('nobody_wrote') : t('no_form')}
    />
  )
}
