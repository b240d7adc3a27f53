import type { Campaign } from '../../contract/shapes.ts'
import { writtenPages } from '../../contract/written.ts'
import { writtenWords } from '../editor/written.ts'
import controls from '../parts/controls.module.css'
import { Link } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './share.module.css'

/** A draft has no readers: the next action is to go on writing. */
export function NotPublished({ campaign }: { campaign: Campaign }) {
  return (
    <section className={`${panel.panel} ${css.share}`}>
      <h2>{t('not_public_title')}</h2>
      <p className={text.soft}>
        {writtenWords(writtenPages(campaign.draft))} {t('not_public_words')}
      </p>
      <div className={css.labelRow}>
        <span>
          <Link className={`${controls.button} ${controls.first}`} href={`/campaigns/${campaign.id}/pages`}>
            {t('go_on_writing')}
          </Link>
        </span>
      </div>
    </section>
  )
}
