import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { EVERY } from './client.ts'
import { get } from './request.ts'

export interface PageOf<Item> {
  items: Item[]
  next: string | null
  /** how many there are on all pages; sessions and opens are not counted */
  total?: number
}

/** A page of a list that says how many there are. */
export type Counted<Item> = PageOf<Item> & { total: number }

/** A list as far as it was loaded. */
export interface List<Item> {
  /** undefined until the first page is there */
  items: Item[] | undefined
  total: number | undefined
  pages: number
  error: Error | null
  again: () => void
  more: { next: boolean; busy: boolean; load: () => void }
}

/**
 * A list, page by page. A row that moved between two pages while they were read is shown once.
 * @param address of the page after a cursor; of the first for ''
 */
export function useList<Item extends { id: string }>(
  queryKey: readonly unknown[],
  address: (cursor: string) => string,
  enabled = true,
): List<Item> {
  const answer = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => get<PageOf<Item>>(address(pageParam), signal),
    initialPageParam: '',
    getNextPageParam: last => last.next,
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
    enabled,
  })
  const pages = answer.data?.pages
  const { fetchNextPage } = answer
  return {
    items: pages && [...new Map(pages.flatMap(page => page.items).map(item => [item.id, item])).values()],
    total: pages?.[0]?.total,
    pages: pages?.length ?? 0,
    error: answer.error,
    again: () => void answer.refetch(),
    more: {
      next: answer.hasNextPage,
      busy: answer.isFetchingNextPage,
      load: () => void fetchNextPage(),
    },
  }
}
