import type { LoadRequest } from './load.ts'

/** What was sent and what of it was acknowledged, in items. Kept outside the product: it is what the product is held to. */
export class Ledger {
  readonly sent = new Said()
  readonly acked = new Said()
  ackedRequests = 0

  send(request: LoadRequest): void {
    this.sent.add(request)
  }

  ack(request: LoadRequest): void {
    this.acked.add(request)
    this.ackedRequests++
  }
}

/** Items by key (`campaign/session`, then the item's own id). */
export class Said {
  readonly sessions = new Set<string>()
  /** greatest active time said of a view */
  readonly views = new Map<string, number>()
  readonly events = new Set<string>()

  add({ campaign_id, batch }: LoadRequest): void {
    const session = `${campaign_id}/${batch.session}`
    this.sessions.add(session)
    for (const view of batch.views) {
      const key = `${session}/${view.id}`
      this.views.set(key, Math.max(this.views.get(key) ?? 0, view.active_ms))
    }
    for (const event of batch.events) this.events.add(`${session}/${event.id}`)
  }

  get items(): number {
    return this.sessions.size + this.views.size + this.events.size
  }
}
