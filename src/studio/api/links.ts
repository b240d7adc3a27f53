import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Link } from '../../contract/shapes.ts'
import { EVERY } from './client.ts'
import { query, request } from './request.ts'

export function useLinks(id: string) {
  return useQuery({
    queryKey: ['links', id],
    queryFn: () =>
      request<{ items: Link[] }>('GET', `/api/campaigns/${id}/links${query({ limit: 200 })}`).then(
        answer => answer.items,
      ),
    refetchInterval: EVERY.rest,
  })
}

export type NewLinks = { labels: string[] } | { label: string; slug?: string }
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
