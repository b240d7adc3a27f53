import { Mail } from 'lucide-react'
import type { LeadItem, LiveItem } from '../../contract/shapes.ts'
import { clock } from '../format/duration.ts'
import { linkName, pageName } from '../format/names.ts'
import { dayPhrase } from '../format/when.ts'
import { t } from '../texts.ts'
import { Link } from './link.tsx'
import { Dot } from './mark.tsx'
import css from './now.module.css'
import panel from './panel.module.css'
import { aside, Rich } from './rich.tsx'
import text from './text.module.css'

interface NowProps {
  live: LiveItem[]
  /** the latest of those who wait, and how many there are */
  waiting: { items: LeadItem[]; total: number }
  zone: string
}

/** Who is reading now, and who waits for an answer. Nothing where there is neither. */
export function NowStrip({ live, waiting, zone }: NowProps) {
  if (live.length + waiting.total === 0) return null
  return (
    <ul className={`${panel.panel} ${css.now}`} aria-label={t('now')}>
      {live.map(one => (
        <li key={one.session_id}>
          <span className={css.sign}>
            <Dot />
          </span>
          <span className={`${css.kind} ${css.livekind}`}>{t('reading_now_word')}</span>
          <span className={css.what}>
            <b>{linkName(one.link)}</b> · {pageName(one.page)} · {clock(one.active_ms)}
          </span>
          <Link
            className={`${css.go} ${text.link}`}
            href={`/campaigns/${one.campaign.id}/sessions/${one.session_id}`}
            aria-label={t('watch_whom', { name: linkName(one.link) })}
          >
            {t('watch')}
          </Link>
        </li>
      ))}
      {waiting.items.map(lead => (
        <li key={lead.id}>
          <span className={css.sign}>
            <Mail size={16} aria-hidden />
          </span>
          <span className={css.kind}>{t('waiting_for_you')}</span>
          <span className={css.what}>
            <Rich
              text={t(lead.link_label ? 'wrote_from' : 'wrote', {
                name: aside(lead.name),
                link: aside(lead.link_label),
                day: dayPhrase(lead.created_at, zone),
              })}
            />
          </span>
          <Link
            className={`${css.go} ${text.link}`}
            href={`/campaigns/${lead.campaign.id}/leads`}
            aria-label={t('answer_whom', { name: lead.name })}
          >
            {t('answer')}
          </Link>
        </li>
      ))}
      {waiting.total > waiting.items.length && (
        <li>
          <span className={css.sign} />
          <span className={css.kind} />
          <span className={css.what}>
            {t('more_waiting', { count: waiting.total - waiting.items.length })}
          </span>
          <Link className={`${css.go} ${text.link}`} href="/leads">
            {t('see_all')}
          </Link>
        </li>
      )}
    </ul>
  )
}
