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

/**
 * Who is reading now, and who waits for an answer. Readers have one line, which is there while nobody reads as well: when
 * somebody comes, nothing on the screen moves.
 */
export function NowStrip({ live, waiting, zone }: NowProps) {
  return (
    <ul className={`${panel.panel} ${css.now}`} aria-label={t('now')}>
      <Reading live={live} />
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

/** The reader who came last, and how many more there are. */
function Reading({ live }: Pick<NowProps, 'live'>) {
  const [one, ...others] = live
  if (!one)
    return (
      <li className={css.line}>
        <span className={css.sign} />
        <span className={css.quiet}>{t('nobody_reading')}</span>
      </li>
    )
  const name = linkName(one.link)
  return (
    <li className={css.line}>
      <span className={css.sign}>
        <Dot />
      </span>
      <span className={`${css.kind} ${css.livekind}`}>{t('reading_now_word')}</span>
      <span className={css.what}>
        <b>{name}</b> · {pageName(one.page)} · {clock(one.active_ms)}
        {others.length > 0 && ` · ${t('more_reading', { count: others.length })}`}
      </span>
      <Link
        className={`${css.go} ${text.link}`}
        href={`/campaigns/${one.campaign.id}/sessions/${one.session_id}`}
        aria-label={t('watch_whom', { name })}
      >
        {t('watch')}
      </Link>
    </li>
  )
}
