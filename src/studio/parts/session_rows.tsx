import type { LiveItem, OpenItem, SessionItem } from '../../contract/shapes.ts'
import { did } from '../format/did.ts'
import { duration } from '../format/duration.ts'
import { linkName } from '../format/names.ts'
import { reasonWords } from '../format/reason.ts'
import { t } from '../texts.ts'
import { Link } from './link.tsx'
import mark from './mark.module.css'
import { Dot, Mark, markOf } from './mark.tsx'
import css from './session_rows.module.css'
import { When } from './when.tsx'

const FLAGS = { new: () => t('flag_new'), actual: () => t('flag_actual'), engaged: () => t('flag_engaged') }
const OTHERS = { bot: () => t('verdict_bot'), owner: () => t('verdict_owner') }

export function flagWord(session: Pick<SessionItem, 'flag' | 'verdict'>): string {
  return session.verdict === 'person' ? FLAGS[session.flag]() : OTHERS[session.verdict]()
}

interface SessionRowsProps {
  id: string
  sessions: SessionItem[]
  zone: string
  live: LiveItem[]
}

/** Sessions as lines: flag, link, what they did, time, when. */
export function SessionRows({ id, sessions, zone, live }: SessionRowsProps) {
  return (
    <ol className={css.sessions}>
      {sessions.map(session => {
        const here = live.find(one => one.session_id === session.id)
        const counted = session.verdict === 'person'
        return (
          <li key={session.id} className={counted ? undefined : css.uncounted}>
            {here ? <Dot /> : <Mark kind={markOf(session)} />}
            <span className={css.flag}>{flagWord(session)}</span>
            <span className={css.who}>
              <Link href={`/campaigns/${id}/sessions/${session.id}`}>{linkName(session.link)}</Link>
            </span>
            <span className={css.did}>{did(session, here)}</span>
            <span className={css.length}>
              {counted || session.credited_ms > 0 ? duration(session.credited_ms) : t('nothing_to_divide')}
            </span>
            <span className={css.when}>
              {here ? (
                <span className={mark.live}>{t('reading_now_word')}</span>
              ) : (
                <When at={session.started_at} zone={zone} />
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** Opens that no session claimed: previews, scanners, and readers whose browser ran no script. */
export function OpenRows({ opens, zone }: { opens: OpenItem[]; zone: string }) {
  return (
    <ol className={css.sessions}>
      {opens.map(open => (
        <li key={open.id} className={css.uncounted}>
          <Mark kind="other" />
          <span className={css.flag}>{open.verdict === 'person' ? t('opened') : OTHERS[open.verdict]()}</span>
          <span className={css.who}>{linkName(open.link)}</span>
          <span className={css.did}>
            {open.verdict === 'person' ? t('opened_unscripted') : reasonWords(open.reason)}
          </span>
          <span className={css.length}>{t('nothing_to_divide')}</span>
          <span className={css.when}>
            <When at={open.at} zone={zone} />
          </span>
        </li>
      ))}
    </ol>
  )
}
