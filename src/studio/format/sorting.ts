export type Order = 'asc' | 'desc'

/** What a list can be sorted by, each with the direction that is wanted first; and what it goes by untouched. */
export interface Sorts<Name extends string> {
  names: Record<Name, Order>
  standard: NoInfer<Name>
  /** stands before `sort` and `order` in the address, where a screen has two lists */
  prefix?: string
}

export interface Sought<Name extends string> {
  q: string | undefined
  sort: Name
  order: Order
}

const isOrder = (text: string | null): text is Order => text === 'asc' || text === 'desc'

/** What is searched for and sorted by, as the address says. */
export function readSought<Name extends string>(
  search: URLSearchParams,
  { names, standard, prefix = '' }: Sorts<Name>,
): Sought<Name> {
  const asked = search.get(`${prefix}sort`)
  const sort = asked !== null && Object.hasOwn(names, asked) ? (asked as Name) : standard
  const order = search.get(`${prefix}order`)
  return { q: search.get('q') ?? undefined, sort, order: isOrder(order) ? order : names[sort] }
}

export const CAMPAIGN_SORTS = {
  names: { recent: 'desc', title: 'asc', actual: 'desc', rate: 'desc', time: 'desc', last_read: 'desc' },
  standard: 'recent',
} as const satisfies Sorts<string>
