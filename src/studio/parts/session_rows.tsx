import type { ReactNode } from 'react'
import type { LiveItem, OpenItem, SessionItem } from '../../contract/shapes.ts'
import { did } from '../format/did.ts'
import { duration } from '../format/duration.ts'
import { linkName } from '../format/names.ts'
import { reasonWords } from '../format/reason.ts'
import { t } from '../texts.ts'
import { Link } from './link.tsx'
import mark from './mark.module.css'
import { Dot, Mark, markOf } from './mark.tsx'
import { OpenVerdict } from './open_verdict.tsx'
import css from './session_rows.module.css'
import { CELL, ROW, ROW_HEAD, ROWS, TABLE } from './table_roles.ts'
import text from './text.module.css'
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
  /** the head of the table, where it can be sorted */
  head?: ReactNode
}

/** Sessions as lines: flag, link, what they did, time, when. */
export function SessionRows({ id, sessions, zone, live, head = <PlainHead /> }: SessionRowsProps) {
  return (
    <table className={css.sessions} {...TABLE}>
      {head}
      <tbody {...ROWS}>
        {sessions.map(session => {
          const here = live.find(one => one.session_id === session.id)
          const counted = session.verdict === 'person'
          return (
            <tr key={session.id} className={counted ? undefined : css.uncounted} {...ROW}>
              <td className={css.flag} {...CELL}>
                {here ? <Dot /> : <Mark kind={markOf(session)} />}
                <span>{flagWord(session)}</span>
              </td>
              <th scope="row" className={css.who} {...ROW_HEAD}>
                <Link className={text.long} href={`/campaigns/${id}/sessions/${session.id}`}>
                  {linkName(session.link)}
                </Link>
              </th>
              <td className={css.did} {...CELL}>
                {did(session, here)}
              </td>
              <td className={css.length} {...CELL}>
                {counted || session.credited_ms > 0 ? duration(session.credited_ms) : t('nothing_to_divide')}
              </td>
              <td className={css.when} {...CELL}>
                {here ? (
                  <span className={mark.live}>{t('reading_now_word')}</span>
                ) : (
                  <When at={session.started_at} zone={zone} />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Opens that no session claimed: previews, scanners, and readers whose browser ran no script. */
export function OpenRows({ id, opens, zone, head = <PlainHead /> }: OpenRowsProps) {
  return (
    <table className={`${css.sessions} ${css.opens}`} {...TABLE}>
      {head}
      <tbody {...ROWS}>
        {opens.map(open => (
          <tr key={open.id} className={css.uncounted} {...ROW}>
            <td className={css.flag} {...CELL}>
              <Mark kind="other" />
              <OpenVerdict campaign={id} open={open} />
            </td>
            <th scope="row" className={css.who} {...ROW_HEAD}>
              <span className={text.long}>{linkName(open.link)}</span>
            </th>
            <td className={css.did} {...CELL}>
              {open.verdict === 'person' ? t('opened_unscripted') : reasonWords(open.reason)}
            </td>
            <td className={css.length} {...CELL}>
              {t('nothing_to_divide')}
            </td>
            <td className={css.when} {...CELL}>
              <When at={open.at} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface OpenRowsProps {
  id: string
  opens: OpenItem[]
  zone: string
  head?: ReactNode
}

/** Says what the columns are to who cannot see it from their places. */
function PlainHead() {
  return (
    <thead className={text.hidden} {...ROWS}>
      <tr {...ROW}>
        <th scope="col">{t('counted_as')}</th>
        <th scope="col">{t('recipient')}</th>
        <th scope="col">{t('what_they_did')}</th>
        <th scope="col">{t('time')}</th>
        <th scope="col">{t('when')}</th>
      </tr>
    </thead>
  )
}
