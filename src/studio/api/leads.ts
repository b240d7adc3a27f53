import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Lead, LeadItem } from '../../contract/shapes.ts'
import { useHidden } from '../undo.ts'
import { pageAddress, waitingAddress } from './addresses.ts'
import { EVERY } from './client.ts'
import { type Counted, useList } from './list.ts'
import { type Asked, get, query, remove, request } from './request.ts'

export interface LeadsFilter {
  status?: string | undefined
  q?: string | undefined
  sort?: string | undefined
  order?: string | undefined
}

const leadsPath = (campaign: string | undefined) =>
  campaign === undefined ? '/api/leads' : `/api/campaigns/${campaign}/leads`

/**
 * Who wrote, page by page.
 * @param campaign undefined for all of them
 */
export function useLeads(campaign: string | undefined, filter: LeadsFilter) {
  return useList<LeadItem>(['leads', campaign ?? 'all', filter], cursor =>
    pageAddress(leadsPath(campaign), { ...filter }, cursor),
  )
}

/** Who waits for an answer: the latest, and how many. */
export function useWaiting(campaign?: string): Counted<LeadItem> {
  const answer = useQuery({
    queryKey: ['leads', campaign ?? 'all', 'waiting'],
    queryFn: ({ signal }: Asked) => get<Counted<LeadItem>>(waitingAddress(campaign), signal),
    refetchInterval: EVERY.rest,
  })
  return withoutHidden(answer.data ?? { items: [], next: null, total: 0 }, useHidden())
}

/** A list without the messages that were deleted a moment ago, though the server still has them. */
export function withoutHidden<L extends { items: LeadItem[]; total: number }>(
  list: L,
  isHidden: (key: string) => boolean,
): L {
  const items = list.items.filter(lead => !isHidden(`lead ${lead.id}`))
  return { ...list, items, total: list.total - (list.items.length - items.length) }
}

/** How many wrote through a campaign. */
export function useLeadCount(campaign: string): number | undefined {
  return useQuery({
    queryKey: ['leads', campaign, 'count'],
    queryFn: ({ signal }: Asked) =>
      get<Counted<LeadItem>>(`${leadsPath(campaign)}${query({ limit: 1 })}`, signal),
    refetchInterval: EVERY.rest,
  }).data?.total
}

export function useLeadChanges(id: string) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['leads'] })
  return {
    change: useMutation({
      mutationFn: ({ id: lead, status }: Pick<Lead, 'id' | 'status'>) =>
        request<unknown>('PATCH', `/api/campaigns/${id}/leads/${lead}`, { status }),
      onSuccess,
    }),
    remove: (lead: string, leaving: boolean) =>
      remove(`/api/campaigns/${id}/leads/${lead}`, leaving).then(onSuccess),
  }
}
