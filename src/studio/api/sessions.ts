import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OpenItem, SessionItem, SessionStory } from '../../contract/shapes.ts'
import type { Verdict } from '../../contract/words.ts'
import { pageAddress } from './addresses.ts'
import { EVERY } from './client.ts'
import { type PageOf, useList } from './list.ts'
import { type Asked, get, query, request } from './request.ts'

export interface SessionFilter {
  flag?: string | undefined
  verdict?: string | undefined
  /** only those who asked not to be followed */
  private?: 'true' | undefined
  link?: string | undefined
  from?: string | undefined
  to?: string | undefined
  q?: string | undefined
  sort?: string | undefined
  order?: string | undefined
}
export type OpenFilter = Omit<SessionFilter, 'flag'>

export function useRecentSessions(id: string, filter: SessionFilter, limit: number, enabled = true) {
  return useQuery({
    queryKey: ['seen', id, 'sessions', filter, limit],
    queryFn: ({ signal }: Asked) =>
      get<PageOf<SessionItem>>(`/api/campaigns/${id}/sessions${query({ ...filter, limit })}`, signal).then(
        answer => answer.items.slice(0, limit),
      ),
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** Sessions, page by page. */
export function useSessions(id: string, filter: SessionFilter) {
  return useList<SessionItem>(['seen', id, 'all sessions', filter], cursor =>
    pageAddress(`/api/campaigns/${id}/sessions`, { ...filter }, cursor),
  )
}

export function useSession(id: string, session: string) {
  return useQuery({
    queryKey: ['seen', id, 'session', session],
    queryFn: ({ signal }: Asked) => get<SessionStory>(`/api/campaigns/${id}/sessions/${session}`, signal),
    refetchInterval: EVERY.live,
  })
}

/** Opens that no session claimed, page by page. */
export function useOpens(id: string, filter: OpenFilter) {
  return useList<OpenItem>(['seen', id, 'opens', filter], cursor =>
    pageAddress(`/api/campaigns/${id}/opens`, { ...filter, claimed: 'false' }, cursor),
  )
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
