import type { CampaignItem } from '../../contract/shapes.ts'

export const ORDERS = ['last', 'title', 'actual', 'rate', 'time'] as const
export type Order = (typeof ORDERS)[number]

const compare: Record<Order, (a: CampaignItem, b: CampaignItem) => number> = {
  last: (a, b) => (b.figures.last_read_at ?? '').localeCompare(a.figures.last_read_at ?? ''),
  title: (a, b) => a.title.localeCompare(b.title),
  actual: (a, b) => b.figures.actual_sessions - a.figures.actual_sessions,
  rate: (a, b) => (b.figures.engagement_rate ?? -1) - (a.figures.engagement_rate ?? -1),
  time: (a, b) => b.figures.total_time_ms - a.figures.total_time_ms,
}

export function readOrder(search: URLSearchParams): Order {
  const asked = search.get('sort')
  return ORDERS.find(one => one === asked) ?? 'last'
}

/** Who is read now comes first, drafts last; the server's order (newest first) decides ties. */
export function inOrder(items: CampaignItem[], order: Order, live: Set<string>): CampaignItem[] {
  const rank = (one: CampaignItem) =>
    one.published_at === null ? 2 : order === 'last' && live.has(one.id) ? 0 : 1
  return [...items].sort((a, b) => rank(a) - rank(b) || compare[order](a, b))
}
