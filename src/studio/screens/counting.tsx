import frame from '../parts/frame.module.css'
import { Link } from '../parts/link.tsx'
import { Panel } from '../parts/panel.tsx'
import { Rich } from '../parts/rich.tsx'
import text from '../parts/text.module.css'
import { useTitle } from '../parts/title.ts'
import { t } from '../texts.ts'

/** How the figures come about, for owners who want to know. */
export default function CountingScreen({ id }: { id: string }) {
  useTitle(t('how_counted'))
  const rules = [
    { name: t('total_actual_sessions'), words: t('define_actual') },
    { name: t('engagement_rate'), words: t('define_rate') },
    { name: t('total_time_spent'), words: t('define_time') },
    { name: t('count_session'), words: t('count_session_words') },
    { name: t('count_time'), words: t('count_time_words') },
    { name: t('count_bots'), words: t('count_bots_words') },
    { name: t('count_unscripted'), words: t('count_unscripted_words') },
    { name: t('count_owner'), words: t('count_owner_words') },
    { name: t('count_private'), words: t('count_private_words') },
  ]
  return (
    <div className={frame.narrow}>
      <div className={frame.top}>
        <div>
          <nav className={frame.crumb} aria-label={t('you_are_here')}>
            <Link href={`/campaigns/${id}`}>← {t('performance')}</Link>
          </nav>
          <h1>{t('how_counted')}</h1>
        </div>
      </div>
      {rules.map(rule => (
        <Panel key={rule.name} title={rule.name}>
          <p className={text.soft}>
            <Rich text={rule.words} />
          </p>
        </Panel>
      ))}
    </div>
  )
}
