import { Plus } from 'lucide-react'
import controls from '../parts/controls.module.css'
import { Link } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import { t } from '../texts.ts'
import css from './share.module.css'

/** An empty studio: one sentence, one button. */
export function FirstCampaign() {
  return (
    <section className={`${panel.panel} ${css.share}`}>
      <h2>{t('no_campaign_title')}</h2>
      <p>{t('no_campaign_words')}</p>
      <div className={css.labelRow}>
        <span>
          <Link className={`${controls.button} ${controls.first}`} href="/campaigns/new">
            <Plus size={16} aria-hidden />
            {t('first_campaign')}
          </Link>
        </span>
      </div>
    </section>
  )
}
