import { uuidv7 } from '../src/contract/uuid.ts'
import { sealTicket } from '../src/gate/ticket.ts'
import type { LinkOfLoad } from '../tests/faults/load.ts'
import { requestBytes } from './hammer.ts'

/** A valid batch of one view and `events` events under the link's ticket. */
export function batchBody(link: LinkOfLoad, secret: string, events = 2): Record<string, unknown> {
  const view = uuidv7()
  return {
    v: 1,
    ticket: sealTicket(
      {
        campaign_id: link.campaign_id,
        link_id: link.link_id,
        open_id: null,
        served_at: Date.now() - 20_000,
        flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
        origins: [],
      },
      link.slug,
      secret,
    ),
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

/** `count` such requests, all different. */
export function batchRequests(links: LinkOfLoad[], secret: string, count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const link = links[i % links.length]!
    return requestBytes(`/p/${link.slug}/beat`, JSON.stringify(batchBody(link, secret)))
  })
}
