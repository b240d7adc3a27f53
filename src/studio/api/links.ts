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

export function useLinkChanges(id: string) {
  const client = useQueryClient()
  const onSuccess = async () => {
    await client.invalidateQueries({ queryKey: ['links', id] })
    await client.invalidateQueries({ queryKey: ['seen', id] })
  }
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
