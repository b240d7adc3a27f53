import { WINDOW_MS } from '../src/contract/timings.ts'
import { uuidv7 } from '../src/contract/uuid.ts'
import { sealTicket } from '../src/gate/ticket.ts'
import type { LinkOfLoad } from '../tests/faults/load.ts'
import { requestBytes } from './hammer.ts'

/** How often a reader's page sends its one ticket, on the whole: the tracker's beats of a visit. */
const BATCHES_PER_TICKET = 10

/** The ticket that the link's page gave a reader. */
export function ticketOf(link: LinkOfLoad, secret: string): string {
  const flags = { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false }
  const served_at = Date.now() - Math.floor(Math.random() * 600_000)
  const { campaign_id, link_id, slug } = link
  return sealTicket(
    { campaign_id, link_id, open_id: null, served_at, window_ms: WINDOW_MS, flags, origins: [] },
    slug,
    secret,
  )
}

/** A valid batch of one view and `events` events under `ticket`. */
export function batchBody(ticket: string, events = 2): Record<string, unknown> {
  const view = uuidv7()
  return {
    v: 1,
    ticket,
    session: uuidv7(),
    state: 'reading',
    input: true,
    automated: false,
    views: [{ id: view, page: 'case_studies', active_ms: 14_200, scroll: 64, parts: { bolt: 9_100 } }],
    events: Array.from({ length: events }, () => ({
      id: uuidv7(),
      type: 'external_link',
      view,
      ago_ms: 1_200,
      label: 'See the prototype',
      target: 'https://example.com/prototype',
    })),
  }
}

/** `count` such requests, all different, of a tenth as many readers by turns. */
export function batchRequests(links: LinkOfLoad[], secret: string, count: number): Buffer[] {
  const readers = Array.from({ length: Math.ceil(count / BATCHES_PER_TICKET) }, (_, i) => {
    const link = links[i % links.length]!
    return { link, ticket: ticketOf(link, secret) }
  })
  return Array.from({ length: count }, (_, i) => {
    const { link, ticket } = readers[i % readers.length]!
    return requestBytes(`/p/${link.slug}/beat`, JSON.stringify(batchBody(ticket)))
  })
}
