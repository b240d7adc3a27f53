import type { Batch, SentEvent, ViewState } from '../../src/contract/wire.ts'
import { sealTicket } from '../../src/gate/ticket.ts'
import type { Random } from './random.ts'

/** A link that readers of a load came by. */
export interface LinkOfLoad {
  campaign_id: string
  link_id: string
  slug: string
}

/** One request as the tracker sends it. */
export interface LoadRequest {
  path: string
  body: string
  campaign_id: string
  /** what it says, for the ledger */
  batch: Pick<Batch, 'session' | 'views' | 'events'>
}

const PAGES = ['summary', 'case_studies', 'contact']
const TYPES = ['forward_navigation', 'external_link', 'cta_click'] as const

/** How much a request says. */
export interface Talk {
  beats?: number
  /** fewest and most views, and as many events, of one request; 10 to 20 unless told otherwise */
  says?: [number, number]
}

/**
 * Sessions whose beats grow, in any order, some of them sent twice: what the wire may bring at its worst. A request says
 * 21 to 41 things (its session, its views, its events) unless told otherwise.
 * @param options.secret that signs the tickets: the server's SECRET
 */
export function makeLoad(
  random: Random,
  options: { links: LinkOfLoad[]; secret: string; sessions: number } & Talk,
): LoadRequest[] {
  const requests: LoadRequest[] = []
  for (let i = 0; i < options.sessions; i++) {
    const link = options.links[random.whole(0, options.links.length - 1)]!
    requests.push(...sessionOf(random, link, options.secret, options))
  }
  const again = requests.filter(() => random.next() < 0.2)
  return random.shuffle([...requests, ...again])
}

function sessionOf(random: Random, link: LinkOfLoad, secret: string, talk: Talk): LoadRequest[] {
  const { beats = random.whole(2, 4), says = [10, 20] } = talk
  const session = random.uuid()
  const ticket = sealTicket(
    {
      campaign_id: link.campaign_id,
      link_id: link.link_id,
      open_id: null,
      served_at: Date.now() - random.whole(0, 30_000),
      window_ms: 1_800_000,
      flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
      origins: [],
    },
    link.slug,
    secret,
  )
  const views: ViewState[] = Array.from({ length: random.whole(...says) }, (_, i) => ({
    id: random.uuid(),
    page: PAGES[i % 3]!,
    active_ms: 0,
    scroll: 0,
    parts: {},
  }))
  return Array.from({ length: beats }, () => {
    for (const view of views) {
      view.active_ms += random.whole(0, 9_000)
      view.scroll = Math.min(100, view.scroll + random.whole(0, 40))
      if (view.page === 'case_studies') view.parts = { bolt: view.active_ms }
    }
    const events: SentEvent[] = Array.from({ length: random.whole(...says) }, () => ({
      id: random.uuid(),
      type: TYPES[random.whole(0, 2)]!,
      view: views[random.whole(0, views.length - 1)]!.id,
      ago_ms: random.whole(0, 5_000),
      label: `label ${random.whole(0, 9)}`,
    }))
    const batch = { session, views: structuredClone(views), events }
    const body = { v: 1, ticket, state: 'reading', input: true, automated: false, ...batch }
    return { path: `/p/${link.slug}/beat`, body: JSON.stringify(body), campaign_id: link.campaign_id, batch }
  })
}
