import type { BatchEntry, Entry, UserAgent } from '../contract/entry.ts'
import type { Pages } from '../contract/shapes.ts'
import type { TicketFlags } from '../contract/ticket.ts'
import { uuidv7 } from '../contract/uuid.ts'
import type { Page } from '../contract/words.ts'
import { visitor } from '../gate/visitor.ts'

export interface DemoLink {
  id: string
  label: string
  slug: string
}

const DAY = 86_400_000
const DAYS = 90

/** A small deterministic generator (mulberry32), so that every demo tells the same story. */
function dice(seed: number): () => number {
  let state = seed * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const AGENTS = {
  chrome:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  android:
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  crawler: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
} as const
const PERSONS = [
  AGENTS.chrome,
  AGENTS.chrome,
  AGENTS.edge,
  AGENTS.iphone,
  AGENTS.iphone,
  AGENTS.android,
  AGENTS.firefox,
]
const REFERRERS = [
  '',
  '',
  '',
  'https://acme.greenhouse.io/',
  'https://www.linkedin.com/',
  'https://mail.google.com/',
]

/** What one sample visit is: most read, some glance, a few are machines, the owner or browsers without script. */
type Kind = 'reader' | 'glance' | 'preview' | 'crawler' | 'unscripted' | 'owner'
function kindOf(roll: number): Kind {
  if (roll < 0.5) return 'reader'
  if (roll < 0.74) return 'glance'
  if (roll < 0.88) return 'preview'
  if (roll < 0.92) return 'crawler'
  if (roll < 0.97) return 'unscripted'
  return 'owner'
}

/**
 * 90 days of plausible visits, as the entries that collect and pages would have queued.
 * @param until Unix milliseconds; nothing lies after it
 * @param daily visits a working day, on average
 * @returns entries in the order of their time of receipt
 */
export function demoHistory(options: {
  campaign_id: string
  links: readonly DemoLink[]
  pages: Pages
  until: number
  daily: number
  seed: number
}): Entry[] {
  const roll = dice(options.seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
  const entries: Entry[] = []
  // Whole days, so that people read by day: 8 to 18 o'clock UTC.
  const begin = Math.floor(options.until / DAY) * DAY - (DAYS - 1) * DAY
  for (let day = 0; day < DAYS; day++) {
    const noon = new Date(begin + day * DAY)
    const weekend = noon.getUTCDay() % 6 === 0
    // Interest comes in waves: a week after the link was sent, then whenever it is passed on.
    const wave = 0.35 + Math.max(0, Math.sin(day / 6.5)) ** 2 * 2
    const visits = Math.round(options.daily * wave * (weekend ? 0.15 : 1) * (0.4 + roll() * 1.2))
    for (let n = 0; n < visits; n++) {
      const start = Math.min(
        begin + day * DAY + Math.round((0.33 + roll() * 0.42) * DAY),
        options.until - 20 * 60_000,
      )
      entries.push(...visit(kindOf(roll()), start))
    }
  }
  return entries.sort((a, b) => a.received_at - b.received_at)

  function visit(kind: Kind, at: number): Entry[] {
    const link = pick(options.links)
    const agent = kind === 'preview' ? AGENTS.slack : kind === 'crawler' ? AGENTS.crawler : pick(PERSONS)
    const isPrivate = kind === 'reader' && roll() < 0.05
    const referrer = pick(REFERRERS)
    const flags: TicketFlags = {
      hosted: true,
      sliding: true,
      owner_device: false,
      owner_login: kind === 'owner',
      prefetch: false,
    }
    const stamped = (received_at: number, served_at: number) => ({
      received_at: Math.round(received_at),
      campaign_id: options.campaign_id,
      link_id: link.id,
      served_at: Math.round(served_at),
      flags,
      private: isPrivate,
      ua: visitor(agent, !isPrivate) as UserAgent,
    })
    const open_id = uuidv7(at)
    const open: Entry = { kind: 'open', open_id, body: referrer ? { referrer } : {}, ...stamped(at, at) }
    if (kind === 'preview' || kind === 'crawler' || kind === 'unscripted') return [open]
    const session = uuidv7(at + 700)
    const body = {
      id: session,
      page: 'summary',
      automated: false,
      language: 'en',
      ...(referrer ? { referrer } : {}),
    }
    const begun: Entry = { kind: 'session', open_id, body, ...stamped(at + 800, at) }
    const isGlance = kind === 'glance'
    return [open, begun, ...(isGlance ? glance(session) : reading(session))]

    function batch(received_at: number, served_at: number, parts: Partial<BatchEntry['body']>): BatchEntry {
      const state = { session, state: 'left' as const, input: true, automated: false, views: [], events: [] }
      return { kind: 'batch', open_id, body: { ...state, ...parts }, ...stamped(received_at, served_at) }
    }

    function glance(id: string): Entry[] {
      const active_ms = Math.round(1_500 + roll() * 7_500)
      const view = {
        id: uuidv7(at + 701),
        page: 'summary',
        active_ms,
        scroll: Math.round(roll() * 60),
        parts: {},
      }
      return [batch(at + 800 + active_ms, at, { session: id, views: [view] })]
    }

    /** A reader goes from page to page; each page is a view with a batch at ten seconds and one at its end. */
    function reading(id: string): Entry[] {
      const depth = roll()
      const way: Page[] =
        depth < 0.4
          ? ['summary']
          : depth < 0.75
            ? ['summary', 'case_studies']
            : ['summary', 'case_studies', 'contact']
      const out: Entry[] = []
      let clock = at + 800
      for (const [step, page] of way.entries()) {
        const served = clock
        const active_ms = Math.round(
          page === 'case_studies' ? 40_000 + roll() * 240_000 : 11_000 + roll() * 60_000,
        )
        const viewId = uuidv7(clock + 1)
        const parts = page === 'case_studies' ? partsOf(active_ms * 0.92) : {}
        const view = { id: viewId, page, active_ms, scroll: Math.round(40 + roll() * 60), parts }
        if (active_ms > 12_000)
          out.push(
            batch(clock + 10_100, served, {
              session: id,
              state: 'reading',
              views: [{ ...view, active_ms: 10_000, scroll: 30, parts: {} }],
            }),
          )
        const end = clock + active_ms + 400
        out.push(
          batch(end, served, {
            session: id,
            views: [view],
            events: eventsOf(page, step === way.length - 1, viewId, end),
          }),
        )
        clock = end + 300
      }
      return out
    }

    function eventsOf(page: Page, last: boolean, view: string, end: number): BatchEntry['body']['events'] {
      const event = { id: uuidv7(end - 500), view, ago_ms: 500 }
      if (!last)
        return [
          {
            ...event,
            type: 'forward_navigation',
            label: page === 'summary' ? 'Read the case studies' : 'Contact',
            target: page === 'summary' ? `/p/${link.slug}/case-studies` : `/p/${link.slug}/contact`,
          },
        ]
      const study = options.pages.case_studies.find(one => one.url)
      if (page === 'case_studies' && study && roll() < 0.4)
        return [{ ...event, type: 'external_link', label: study.url_label, target: study.url! }]
      const { cta } = options.pages.contact
      if (page === 'contact' && cta && roll() < 0.4)
        return [{ ...event, type: 'cta_click', label: cta.label, target: cta.url }]
      return []
    }

    function partsOf(total: number): Record<string, number> {
      const weights = options.pages.case_studies.map((_, i) => roll() / (i + 1) + 0.1)
      const sum = weights.reduce((a, b) => a + b, 0)
      return Object.fromEntries(
        options.pages.case_studies.map((one, i) => [one.id, Math.round((total * weights[i]!) / sum)]),
      )
    }
  }
}

/** Gives each lead to one of the last sessions that reached the contact page, as the form would have sent it. */
export function demoLeads(
  history: readonly Entry[],
  leads: readonly { name: string; email: string; message: string }[],
) {
  const reached = history.filter(
    (entry): entry is BatchEntry =>
      entry.kind === 'batch' &&
      entry.body.views.some(view => view.page === 'contact' && view.active_ms > 11_000),
  )
  return leads.flatMap((lead, i) => {
    const entry = reached.at(-1 - i * 3)
    if (!entry) return []
    const { campaign_id, link_id, received_at, served_at, flags, ua } = entry
    return [
      {
        ...lead,
        campaign_id,
        link_id,
        lead_id: uuidv7(received_at),
        received_at,
        session: { id: entry.body.session, served_at, flags, private: entry.private, ua, page: 'contact' },
      },
    ]
  })
}
