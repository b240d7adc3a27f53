import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { OpenItem, SessionItem, SessionStory } from '../../contract/shapes.ts'
import type { Verdict } from '../../contract/words.ts'
import { EVERY } from './client.ts'
import { query, request } from './request.ts'

export interface SessionFilter {
  flag?: string | undefined
  verdict?: string | undefined
  link?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

interface PageOf<Item> {
  items: Item[]
  next: string | null
}

export function useRecentSessions(id: string, filter: SessionFilter, limit: number, enabled = true) {
  return useQuery({
    queryKey: ['seen', id, 'sessions', filter, limit],
    queryFn: () =>
      request<PageOf<SessionItem>>('GET', `/api/campaigns/${id}/sessions${query({ ...filter, limit })}`).then(
        answer => answer.items.slice(0, limit),
      ),
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
    enabled,
  })
}

export function useAllSessions(id: string, filter: SessionFilter) {
  return useInfiniteQuery({
    queryKey: ['seen', id, 'all sessions', filter],
    queryFn: ({ pageParam }) =>
      request<PageOf<SessionItem>>(
        'GET',
        `/api/campaigns/${id}/sessions${query({ ...filter, cursor: pageParam, limit: 50 })}`,
      ),
    initialPageParam: '',
    getNextPageParam: last => last.next,
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
  })
}

export function useSession(id: string, session: string) {
  return useQuery({
    queryKey: ['seen', id, 'session', session],
    queryFn: () => request<SessionStory>('GET', `/api/campaigns/${id}/sessions/${session}`),
    refetchInterval: EVERY.live,
  })
}

export function useOpens(id: string) {
  return useQuery({
    queryKey: ['seen', id, 'opens'],
    queryFn: () =>
      request<PageOf<OpenItem>>('GET', `/api/campaigns/${id}/opens${query({ limit: 200 })}`).then(
        answer => answer.items,
      ),
    refetchInterval: EVERY.rest,
  })
}

/** Null takes the owner's judgement back. */
export function useVerdict(id: string, subject: 'sessions' | 'opens', which: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (verdict: Verdict | null) =>
      request<unknown>('PUT', `/api/campaigns/${id}/${subject}/${which}/verdict`, { verdict }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['seen', id] })
      await client.invalidateQueries({ queryKey: ['figures', id] })
    },
  })
}
