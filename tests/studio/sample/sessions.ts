import type { OpenItem, SessionItem, SessionStory, StoryStep } from '../../../src/contract/shapes.ts'
import type { Flag, Page, Reason, Verdict } from '../../../src/contract/words.ts'
import { acmeLinks, uuid } from './campaigns.ts'

type Act = SessionItem['chief_act']

interface Short {
  link: number
  flag: Flag
  at: string
  ms: number
  pages: Page[]
  acts?: number
  act?: Act
  verdict?: Verdict
  reason?: Reason
  seen?: [device: string, browser: string, os: string]
  referrer?: string
}

const MAC: Short['seen'] = ['desktop', 'Chrome', 'macOS']
const WINDOWS: Short['seen'] = ['desktop', 'Edge', 'Windows']
const PHONE: Short['seen'] = ['phone', 'Safari', 'iOS']
const ALL: Page[] = ['summary', 'case_studies', 'contact']

const short: Short[] = [
  {
    link: 3,
    flag: 'engaged',
    at: '24T14:29',
    ms: 72_000,
    pages: ['summary', 'case_studies'],
    acts: 1,
    seen: WINDOWS,
  },
  { link: 3, flag: 'new', at: '23T11:20', ms: 4_000, pages: ['summary'], seen: PHONE },
  {
    link: 2,
    flag: 'engaged',
    at: '18T16:44',
    ms: 326_000,
    pages: ALL,
    acts: 3,
    act: { type: 'lead_submit', label: null },
  },
  { link: 2, flag: 'new', at: '18T13:00', ms: 7_000, pages: ['summary'], seen: PHONE },
  { link: 4, flag: 'actual', at: '18T11:37', ms: 41_000, pages: ['case_studies'], seen: PHONE },
  { link: 1, flag: 'actual', at: '17T18:02', ms: 81_000, pages: ['contact'] },
  {
    link: 1,
    flag: 'engaged',
    at: '17T15:30',
    ms: 408_000,
    pages: ALL,
    acts: 4,
    act: { type: 'cta_click', label: 'Book 20 minutes' },
    referrer: 'acme.greenhouse.io',
  },
  {
    link: 3,
    flag: 'engaged',
    at: '17T10:05',
    ms: 252_000,
    pages: ['case_studies'],
    acts: 2,
    act: { type: 'external_link', label: 'See the prototype' },
  },
  { link: 3, flag: 'new', at: '17T10:04', ms: 0, pages: [], verdict: 'bot', reason: 'preview' },
  { link: 3, flag: 'actual', at: '12T09:10', ms: 101_000, pages: ['summary'], seen: WINDOWS },
  { link: 5, flag: 'new', at: '11T22:15', ms: 3_000, pages: ['summary'], seen: PHONE },
  { link: 1, flag: 'actual', at: '11T09:40', ms: 57_000, pages: ['summary'] },
  { link: 2, flag: 'actual', at: '10T17:25', ms: 125_000, pages: ['summary'] },
  { link: 3, flag: 'new', at: '05T12:00', ms: 3_000, pages: ['summary'] },
  { link: 1, flag: 'new', at: '05T11:30', ms: 6_000, pages: ['summary'] },
  {
    link: 3,
    flag: 'new',
    at: '05T10:20',
    ms: 15_000,
    pages: ['summary'],
    verdict: 'owner',
    reason: 'owner_login',
  },
]

export const sessions: SessionItem[] = short.map((one, index) => {
  const link = acmeLinks[one.link - 1]!
  const start = Date.parse(`2026-11-${one.at}:40+01:00`)
  const [device, browser, os] = one.seen ?? MAC
  return {
    id: uuid(5, index + 1),
    link: { id: link.id, label: link.label, slug: link.slug },
    flag: one.flag,
    verdict: one.verdict ?? 'person',
    reason: one.reason ?? 'person',
    started_at: new Date(start).toISOString(),
    ended_at: new Date(start + one.ms + (one.acts === 4 ? 230_000 : 0)).toISOString(),
    credited_ms: one.ms,
    claimed_ms: one.ms,
    acts: one.acts ?? 0,
    device,
    browser,
    os,
    referrer: one.referrer ?? null,
    language: 'en',
    pages: one.pages,
    chief_act: one.act ?? null,
  }
})

/** The one with the longest story. */
export const TOLD = uuid(5, 7)

const at = (time: string) => new Date(`2026-11-17T15:${time}+01:00`).toISOString()
const event = (time: string, type: string, page: string, label: string, target: string): StoryStep => ({
  at: at(time),
  what: 'event',
  type,
  page,
  label,
  target,
})

const told: StoryStep[] = [
  { at: at('30:40'), what: 'opened' },
  { at: at('30:42'), what: 'view', page: 'summary', active_ms: 66_000, scroll: 100, parts: {} },
  event(
    '31:48',
    'forward_navigation',
    'summary',
    'Three case studies',
    'https://pitch.mara-ilves.eu/p/acme/case-studies',
  ),
  {
    at: at('31:49'),
    what: 'view',
    page: 'case_studies',
    active_ms: 296_000,
    scroll: 96,
    parts: { bolt: 161_000, system: 92_000, nurses: 31_000 },
  },
  event('34:10', 'external_link', 'case_studies', 'See the prototype', 'https://figma.com/proto/bolt'),
  event(
    '40:20',
    'forward_navigation',
    'case_studies',
    'Talk to me',
    'https://pitch.mara-ilves.eu/p/acme/contact',
  ),
  { at: at('40:21'), what: 'view', page: 'contact', active_ms: 46_000, scroll: 74, parts: {} },
  event('41:00', 'cta_click', 'contact', 'Book 20 minutes', 'https://cal.example/mara'),
]

export function storyOf(id: string): SessionStory | undefined {
  const session = sessions.find(one => one.id === id)
  if (!session) return undefined
  if (id === TOLD) return { ...session, story: told }
  const views = session.pages.map(
    (page): StoryStep => ({
      at: session.started_at,
      what: 'view',
      page,
      active_ms: Math.round(session.credited_ms / session.pages.length),
      scroll: 60,
      parts: {},
    }),
  )
  return { ...session, story: [{ at: session.started_at, what: 'opened' }, ...views] }
}

const open = (n: number, verdict: Verdict, reason: Reason, time: string): OpenItem => ({
  id: uuid(6, n),
  link: sessions[0]!.link,
  verdict,
  reason,
  at: new Date(`2026-11-${time}:00+01:00`).toISOString(),
  referrer: null,
  claimed: false,
})

export const opens: OpenItem[] = [
  open(1, 'bot', 'preview', '18T16:30'),
  open(2, 'bot', 'no_input_gone', '18T11:30'),
  open(3, 'person', 'person', '12T08:00'),
  open(4, 'bot', 'client', '10T17:20'),
  open(5, 'person', 'person', '09T19:00'),
  open(6, 'bot', 'crawler', '06T03:00'),
]
