import type { Campaign, SessionItem, SessionStory } from '../../contract/shapes.ts'
import { ApiProblem } from '../api/request.ts'
import { useRecentSessions, useSession } from '../api/sessions.ts'
import { Bands } from '../charts/bands.tsx'
import { device } from '../format/device.ts'
import { duration } from '../format/duration.ts'
import { languageName } from '../format/language_name.ts'
import { linkName } from '../format/names.ts'
import { longDay, timeOfDay } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import frame from '../parts/frame.module.css'
import { Link } from '../parts/link.tsx'
import { Mark, markOf } from '../parts/mark.tsx'
import { Panel } from '../parts/panel.tsx'
import { Rich } from '../parts/rich.tsx'
import { flagWord } from '../parts/session_rows.tsx'
import { useTitle } from '../parts/title.ts'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { attention, longestPart } from '../story/attention.ts'
import { lede } from '../story/lede.ts'
import { Steps } from '../story/steps.tsx'
import { t } from '../texts.ts'
import { Missing } from './missing.tsx'
import css from './session.module.css'
import { VerdictPanel } from './verdict_panel.tsx'

interface SessionScreenProps {
  campaign: Campaign
  id: string
  zone: string
}

/** One session: who, how long, what they did, and why it counts as it does. */
export default function SessionScreen({ campaign, id, zone }: SessionScreenProps) {
  const session = useSession(campaign.id, id)
  const link = session.data?.link.id
  const siblings = useRecentSessions(campaign.id, { link }, 200, link !== undefined)
  useTitle(session.data && t('session_of', { name: linkName(session.data.link) }))
  if (session.error instanceof ApiProblem && [400, 404].includes(session.error.status)) return <Missing />
  if (session.error && !session.data) {
    return <Trouble error={session.error} retry={() => void session.refetch()} />
  }
  if (!session.data) return <WaitingPanel lines={8} height={24} />
  const sameLink = siblings.data?.every(one => one.link.id === session.data.link.id) ? siblings.data : []
  return <Session campaign={campaign} session={session.data} siblings={sameLink} zone={zone} />
}

interface SessionProps {
  campaign: Campaign
  session: SessionStory
  /** sessions at the same link, newest first */
  siblings: SessionItem[]
  zone: string
}

function Session({ campaign, session, siblings, zone }: SessionProps) {
  const titles = new Map((campaign.published ?? campaign.draft).case_studies.map(one => [one.id, one.title]))
  const place = siblings.findIndex(one => one.id === session.id)
  const [later, earlier] = place < 0 ? [] : [siblings[place - 1], siblings[place + 1]]
  const bands = attention(session.story, [...titles.keys()])
  const span = Date.parse(session.ended_at) - Date.parse(session.started_at)
  const away = span - session.credited_ms
  return (
    <>
      <SessionHead
        campaign={campaign}
        session={session}
        zone={zone}
        position={
          place < 0 ? '' : t('session_position', { place: siblings.length - place, count: siblings.length })
        }
        earlier={earlier}
        later={later}
      />
      <p className={css.lede}>
        <Rich text={lede(session, titles)} />
      </p>
      {bands.length > 0 && (
        <Panel
          title={t('attention')}
          aside={
            away >= 15_000
              ? t('in_all_and_away', { time: duration(session.credited_ms), away: duration(away) })
              : t('in_all', { time: duration(session.credited_ms) })
          }
        >
          <Bands bands={bands} titles={titles} longest={longestPart(session.story)?.id} />
        </Panel>
      )}
      <div className={css.story}>
        <Steps campaign={campaign.id} session={session} zone={zone} titles={titles} later={later} />
        <div>
          <VerdictPanel campaign={campaign.id} session={session} />
          <Panel title={t('what_is_known')}>
            <dl className={css.facts}>
              <dt>{t('device')}</dt>
              <dd>{device(session)}</dd>
              <dt>{t('came_from')}</dt>
              <dd>{session.referrer ?? t('mail_chat_typed')}</dd>
              {session.language && (
                <>
                  <dt>{t('known_language')}</dt>
                  <dd>{languageName(session.language)}</dd>
                </>
              )}
              <dt>{t('acts')}</dt>
              <dd>{session.acts}</dd>
              <dt>{t('address')}</dt>
              <dd>{t('never_stored')}</dd>
            </dl>
          </Panel>
        </div>
      </div>
    </>
  )
}

interface HeadProps {
  campaign: Campaign
  session: SessionStory
  zone: string
  position: string
  earlier: SessionItem | undefined
  later: SessionItem | undefined
}

function SessionHead({ campaign, session, zone, position, earlier, later }: HeadProps) {
  const when = t('from_to', {
    day: longDay(session.started_at, zone),
    from: timeOfDay(session.started_at, zone),
    to: timeOfDay(session.ended_at, zone),
  })
  const address = (one: SessionItem) => `/campaigns/${campaign.id}/sessions/${one.id}` as const
  return (
    <div className={frame.top}>
      <div>
        <nav className={frame.crumb} aria-label={t('you_are_here')}>
          <Link href={`/campaigns/${campaign.id}`}>← {campaign.title}</Link>
        </nav>
        <h1>{linkName(session.link)}</h1>
        <p className={frame.about}>
          <Mark kind={markOf(session)} /> {[flagWord(session), when, position].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className={frame.actions}>
        {earlier && (
          <Link className={controls.button} href={address(earlier)}>
            {t('earlier')}
          </Link>
        )}
        {later && (
          <Link className={controls.button} href={address(later)}>
            {t('later')}
          </Link>
        )}
      </div>
    </div>
  )
}
