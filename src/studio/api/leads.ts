import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CampaignItem, Lead } from '../../contract/shapes.ts'
import { useCampaigns } from './campaigns.ts'
import { EVERY } from './client.ts'
import { query, request } from './request.ts'

const leadsOf = (id: string) => ({
  queryKey: ['leads', id],
  queryFn: () =>
    request<{ items: Lead[] }>('GET', `/api/campaigns/${id}/leads${query({ limit: 200 })}`).then(
      answer => answer.items,
    ),
  refetchInterval: EVERY.rest,
})

export function useLeads(id: string) {
  return useQuery(leadsOf(id))
}

export interface LeadOfCampaign extends Lead {
  campaign: CampaignItem
}

/** The leads of every campaign that was ever published, newest first. */
export function useAllLeads(): { leads: LeadOfCampaign[]; isPending: boolean; error: Error | null } {
  const campaigns = useCampaigns()
  const shared = (campaigns.data ?? []).filter(one => one.published_at !== null)
  const answers = useQueries({ queries: shared.map(one => leadsOf(one.id)) })
  const leads = shared
    .flatMap((campaign, index) => (answers[index]?.data ?? []).map(lead => ({ ...lead, campaign })))
    .sort((a, b) => b.created_at.localeCompare(a.created_at))
  return {
    leads,
    isPending: campaigns.isPending || answers.some(one => one.isPending),
    error: campaigns.error ?? answers.find(one => one.error)?.error ?? null,
  }
}

export function useLeadChanges(id: string) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['leads', id] })
  return {
    change: useMutation({
      mutationFn: ({ id: lead, status }: Pick<Lead, 'id' | 'status'>) =>
        request<unknown>('PATCH', `/api/campaigns/${id}/leads/${lead}`, { status }),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (lead: string) => request<void>('DELETE', `/api/campaigns/${id}/leads/${lead}`),
      onSuccess,
    }),
  }
}
