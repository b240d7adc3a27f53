import type { SessionStory } from '../../contract/shapes.ts'
import { duration } from '../format/duration.ts'
import { pageInWords, shortTitle } from '../format/names.ts'
import { reasonWords } from '../format/reason.ts'
import { aside } from '../parts/rich.tsx'
import { language, t } from '../texts.ts'
import { type EventStep, longestPart, views } from './attention.ts'

/**
 * A session in one sentence, with `<b>` around what matters.
 * @param titles of the case studies by id
 */
export function lede(session: SessionStory, titles: Map<string, string>): string {
  if (session.verdict === 'owner') return t('lede_owner', { time: duration(session.credited_ms) })
  if (session.verdict === 'bot') return t('lede_bot', { reason: reasonWords(session.reason) })
  const about = aboutWhat(session, titles)
  const acts = actWords(session)
  const start = startWords(session)
  const longest = about && session.flag !== 'new' ? `${start}, ${about}` : start
  if (acts.length === 0) return `${longest}.`
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return about && acts.length > 1
    ? `${longest}, ${list.format(acts)}.`
    : `${list.format([longest, ...acts])}.`
}

function startWords({ flag, credited_ms }: SessionStory): string {
  if (credited_ms < 1_000) return t('lede_glimpsed')
  const time = duration(credited_ms)
  return flag === 'new' ? t('lede_looked', { time }) : t('lede_read', { time })
}

function aboutWhat(session: SessionStory, titles: Map<string, string>): string | null {
  const part = longestPart(session.story)
  if (part && titles.has(part.id)) {
    return t('longest_about', { title: aside(shortTitle(titles.get(part.id)!)) })
  }
  const seen = views(session.story)
  if (new Set(seen.map(view => view.page)).size < 2) return null
  const longest = [...seen].sort((a, b) => b.active_ms - a.active_ms)[0]!
  return t('longest_on', { page: aside(pageInWords(longest.page)) })
}

/** What they did, each thing once, navigation left out: the story below tells it. */
function actWords(session: SessionStory): string[] {
  const events = session.story.filter((step): step is EventStep => step.what === 'event')
  const words = events.flatMap(event => {
    const label = aside(event.label || event.target || '')
    if (event.type === 'external_link') return [t('lede_followed', { label })]
    if (event.type === 'cta_click') return [t('lede_clicked', { label })]
    if (event.type === 'lead_submit') return [t('lede_wrote')]
    return []
  })
  return [...new Set(words)]
}
