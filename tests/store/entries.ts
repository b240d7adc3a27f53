import type { BatchEntry, OpenEntry, SessionEntry } from '../../src/contract/entry.ts'
import type { SentEvent, ViewState } from '../../src/contract/wire.ts'
import type { TestCampaign } from './campaigns.ts'

export const T0 = Date.UTC(2026, 4, 1, 9)

/** What somebody ordinary sends, for tests that care about one thing of it. Times in ms after T0. */
export function visit(campaign: TestCampaign, link = campaign.links[0]!) {
  const session = crypto.randomUUID()
  const open_id = crypto.randomUUID()
  const stamp = (at: number) => ({
    received_at: T0 + at,
    served_at: T0,
    campaign_id: campaign.id,
    link_id: link,
    open_id,
    flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
    private: false,
    ua: { class: 'person' as const, device: 'phone', browser: 'Firefox', os: 'Android', hash: 'c0ffee' },
  })
  return {
    session,
    open_id,
    open: (at = 0): OpenEntry => ({ kind: 'open', ...stamp(at), body: {} }),
    start: (at = 1): SessionEntry => ({
      kind: 'session',
      ...stamp(at),
      body: { id: session, page: 'summary' },
    }),
    beat: (at: number, views: ViewState[] = [], events: SentEvent[] = []): BatchEntry => ({
      kind: 'batch',
      ...stamp(at),
      body: { session, state: 'reading', input: true, automated: false, views, events },
    }),
  }
}

export const view = (active_ms: number, more: Partial<ViewState> = {}): ViewState => ({
  id: crypto.randomUUID(),
  page: 'summary',
  active_ms,
  scroll: 10,
  parts: {},
  ...more,
})

export const act = (more: Partial<SentEvent> = {}): SentEvent => ({
  id: crypto.randomUUID(),
  type: 'cta_click',
  view: crypto.randomUUID(),
  ago_ms: 0,
  ...more,
})
