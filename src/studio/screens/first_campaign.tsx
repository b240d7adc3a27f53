import { Eye, Plus } from 'lucide-react'
import { useNewSample, useProjects } from '../api/campaigns.ts'
import controls from '../parts/controls.module.css'
import { Link, useOpen } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './share.module.css'

/** An empty studio: write a campaign, or look at a finished one first. */
export function FirstCampaign() {
  const open = useOpen()
  const project = useProjects().data?.[0]
  const sample = useNewSample()
  const look = () => {
    if (project) sample.mutate(project.id, { onSuccess: ({ id }) => open(`/campaigns/${id}`) })
  }
  return (
    <section className={`${panel.panel} ${css.share}`}>
      <h2>{t('no_campaign_title')}</h2>
      <p>{t('no_campaign_words')}</p>
      <div className={`${controls.row} ${css.ways}`}>
        <Link className={`${controls.button} ${controls.first}`} href="/campaigns/new">
          <Plus size={16} aria-hidden />
          {t('first_campaign')}
        </Link>
        {project && (
          <button type="button" className={controls.button} disabled={sample.isPending} onClick={look}>
            <Eye size={16} aria-hidden />
            {t('see_sample')}
          </button>
        )}
      </div>
      {project && <p className={`${text.small} ${text.mute} ${css.after}`}>{t('see_sample_words')}</p>}
      {sample.error && (
        <p className={text.warn} role="alert">
          {sample.error.message}
        </p>
      )}
    </section>
  )
}
