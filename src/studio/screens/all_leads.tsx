import { useProjects } from '../api/campaigns.ts'
import frame from '../parts/frame.module.css'
import { useTitle } from '../parts/title.ts'
import { t } from '../texts.ts'
import { LeadList } from './lead_list.tsx'

/** Who wrote, over all campaigns: those who wait first. */
export default function AllLeadsScreen() {
  useTitle(t('leads'))
  const projects = useProjects().data ?? []
  const zoneOf = (project: string) => projects.find(one => one.id === project)?.time_zone ?? 'UTC'
  return (
    <>
      <div className={frame.top}>
        <h1>{t('leads')}</h1>
      </div>
      <LeadList zoneOf={zoneOf} nothing={t('nobody_wrote')} />
    </>
  )
}
