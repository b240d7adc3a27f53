import type { SessionItem, SessionStory } from '../../contract/shapes.ts'
import { Meter } from '../charts/meter.tsx'
import { duration } from '../format/duration.ts'
import { timeOfDay } from '../format/when.ts'
import { Link } from '../parts/link.tsx'
import { Panel } from '../parts/panel.tsx'
import { aside, Rich } from '../parts/rich.tsx'
import css from '../screens/session.module.css'
import { t } from '../texts.ts'
import type { ViewStep } from './attention.ts'
import { storyLines } from './lines.ts'
import { eventWords, viewWords, wentOnWords } from './step_words.ts'

interface StepsProps {
  campaign: string
  session: SessionStory
  zone: string
  titles: Map<string, string>
  /** the next session at the same link */
  later: SessionItem | undefined
}

/** The session as it happened. */
export function Steps({ campaign, session, zone, titles, later }: StepsProps) {
  return (
    <Panel title={t('what_happened')}>
      <ol className={css.steps}>
        {storyLines(session.story).map((line, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no id, and their order is theirs
            key={index}
            className={line.kind === 'event' || line.kind === 'went on' ? css.act : undefined}
          >
            <time dateTime={line.at}>{timeOfDay(line.at, zone)}</time>
            <span className={css.pin} />
            <div>
              {line.kind === 'opened' && <Rich text={openedWords(session)} />}
              {line.kind === 'view' && <View view={line.view} titles={titles} />}
              {line.kind === 'went on' && <View view={line.view} titles={titles} wentOn />}
              {line.kind === 'event' && <Rich text={eventWords(line.event)} />}
            </div>
          </li>
        ))}
        <li>
          <time dateTime={session.ended_at}>{timeOfDay(session.ended_at, zone)}</time>
          <span className={css.pin} />
          <div>
            <Rich
              text={later ? t('step_last_and_back', { time: away(session, later) }) : t('step_last')}
              link={words => <Link href={`/campaigns/${campaign}/sessions/${later?.id}`}>{words}</Link>}
            />
          </div>
        </li>
      </ol>
    </Panel>
  )
}

function openedWords(session: SessionStory): string {
  return session.referrer ? t('step_opened_from', { host: aside(session.referrer) }) : t('step_opened_link')
}

function away(session: SessionItem, later: SessionItem): string {
  const ms = Date.parse(later.started_at) - Date.parse(session.ended_at)
  const days = Math.floor(ms / 86_400_000)
  return days >= 2 ? t('days_count', { count: days }) : duration(ms)
}

interface ViewProps {
  view: ViewStep
  titles: Map<string, string>
  /** a link of the page before led here */
  wentOn?: boolean
}

function View({ view, titles, wentOn }: ViewProps) {
  const order = [...titles.keys()]
  const parts = Object.entries(view.parts)
    .filter(([id, ms]) => ms > 0 && titles.has(id))
    .sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]))
  const most = Math.max(0, ...parts.map(([, ms]) => ms))
  return (
    <>
      <Rich text={wentOn ? wentOnWords(view, parts.length) : viewWords(view, parts.length, titles.size)} />
      {parts.length > 0 && (
        <ul className={css.parts}>
          {parts.map(([id, ms]) => (
            <li key={id}>
              <span>{titles.get(id)}</span>
              <span className={css.value}>{duration(ms)}</span>
              <Meter share={ms / view.active_ms} tone={ms === most ? 'top' : 'bar'} thin />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
