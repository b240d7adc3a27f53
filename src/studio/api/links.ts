import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Link, LinkItem } from '../../contract/shapes.ts'
import { pageAddress } from './addresses.ts'
import { EVERY } from './client.ts'
import type { Filter } from './figures.ts'
import { type Counted, useList } from './list.ts'
import { type Asked, get, query, request } from './request.ts'

/** Up to this many links are shown as a menu or a select; more need a search. */
export const FEW = 9

/** The first links of a campaign, oldest first, and how many there are. */
export function useFirstLinks(id: string) {
  return useQuery({
    queryKey: ['links', id, 'first'],
    queryFn: ({ signal }: Asked) =>
      get<Counted<LinkItem>>(`/api/campaigns/${id}/links${query({ limit: FEW })}`, signal),
    refetchInterval: EVERY.rest,
  })
}

export interface LinksFilter extends Filter {
  q?: string | undefined
  sort?: string | undefined
  order?: string | undefined
  /** only those that are on */
  on?: 'true'
}

/** Links with their figures, page by page: asked again when somebody reads. */
export function useLinks(id: string, filter: LinksFilter, enabled = true) {
  return useList<LinkItem>(
    ['seen', id, 'links', filter],
    cursor => pageAddress(`/api/campaigns/${id}/links`, { ...filter }, cursor),
    enabled,
  )
}

/** @param link '' or undefined where none is asked for */
export function useOneLink(id: string, link: string | undefined): LinkItem | undefined {
  return useQuery({
    queryKey: ['links', id, 'one', link],
    queryFn: ({ signal }: Asked) =>
      get<Counted<LinkItem>>(`/api/campaigns/${id}/links${query({ link, limit: 1 })}`, signal),
    enabled: Boolean(link),
  }).data?.items[0]
}

/** How many addresses show words of the title. */
export function useTitleShown(id: string): number {
  const answer = useQuery({
    queryKey: ['links', id, 'shows title'],
    queryFn: ({ signal }: Asked) =>
      get<Counted<LinkItem>>(`/api/campaigns/${id}/links${query({ shows_title: 'true', limit: 1 })}`, signal),
  })
  return answer.data?.total ?? 0
}

export interface NewLinks {
  labels: string[]
}
export type LinkChange = { id: string } & Partial<Pick<Link, 'label' | 'note' | 'expires_at' | 'muted'>> & {
    off?: boolean
  }

/** Asks again for what shows links: the lists of them, and the reports that name them. */
function useAskAgain(id: string) {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['links', id] })
    await client.invalidateQueries({ queryKey: ['seen', id] })
  }
}

export function useLinkChanges(id: string) {
  const onSuccess = useAskAgain(id)
  return {
    make: useMutation({
      mutationFn: (body: NewLinks) => request<unknown>('POST', `/api/campaigns/${id}/links`, body),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ id: link, ...body }: LinkChange) =>
        request<Link>('PATCH', `/api/campaigns/${id}/links/${link}`, body),
      onSuccess,
    }),
  }
}

export function useAddressChanges(id: string) {
  const onSuccess = useAskAgain(id)
  return {
    replace: useMutation({
      mutationFn: ({ id: link, ...body }: { id: string; slug?: string }) =>
        request<Link>('POST', `/api/campaigns/${id}/links/${link}/address`, body),
      onSuccess,
    }),
    hideTitle: useMutation({
      mutationFn: () => request<{ replaced: number }>('POST', `/api/campaigns/${id}/hide-title`),
      onSuccess,
    }),
  }
}
