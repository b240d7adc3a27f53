import type { BatchEntry } from '../../src/contract/entry.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'

/** A batch of one view and one event, as `collect` would push it; `changed` overrides. */
export function batchEntry(changed: Partial<BatchEntry> = {}): BatchEntry {
  const now = Date.now()
  const view = uuidv7(now)
  return {
    kind: 'batch',
    received_at: now,
    campaign_id: uuidv4(),
    link_id: uuidv4(),
    open_id: null,
    served_at: now - 20_000,
    flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
    private: false,
    ua: { class: 'person', device: 'desktop', browser: 'Firefox', os: 'Linux', hash: 'a'.repeat(64) },
    body: {
      session: uuidv7(now),
      state: 'reading',
      input: true,
      automated: false,
      views: [{ id: view, page: 'summary', active_ms: 12_000, scroll: 40, parts: {} }],
      events: [{ id: uuidv7(now), type: 'cta_click', view, ago_ms: 1_000, label: 'Call me' }],
    },
    ...changed,
  }
}

/** Ids of campaigns are random, which is what spreads them over streams. */
export function uuidv4(): string {
  return crypto.randomUUID()
}
