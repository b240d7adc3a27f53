import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  Campaign,
  CampaignItem,
  DraftSaved,
  Pages,
  Project,
  Version,
  VersionItem,
} from '../../contract/shapes.ts'
import { campaignsAddress, type ListFilter, pageAddress } from './addresses.ts'
import { client as studio } from './client.ts'
import { useList } from './list.ts'
import { type Asked, get, query, remove, request } from './request.ts'

export function useProjects() {
  return useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }: Asked) =>
      get<{ items: Project[] }>('/api/projects', signal).then(answer => answer.items),
    staleTime: 60_000,
  })
}

export function useProjectChanges() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['projects'] })
  return {
    make: useMutation({
      mutationFn: (body: Pick<Project, 'name' | 'time_zone'>) =>
        request<Project>('POST', '/api/projects', body),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ id, ...body }: Partial<Project> & { id: string }) =>
        request<Project>('PATCH', `/api/projects/${id}`, body),
      onSuccess,
    }),
    remove: (id: string, leaving: boolean) => remove(`/api/projects/${id}`, leaving).then(onSuccess),
  }
}

/** Whether a project has campaigns: then it cannot be deleted. */
export async function hasCampaigns(project: string): Promise<boolean> {
  const { total } = await get<{ total: number }>(`/api/campaigns${query({ project, limit: 1 })}`)
  return total > 0
}

export function useCampaigns(filter: ListFilter) {
  return useList<CampaignItem>(['campaigns', filter], cursor => campaignsAddress(filter, cursor))
}

const campaignOf = (id: string) => ({
  queryKey: ['campaign', id],
  queryFn: ({ signal }: Asked) => get<Campaign>(`/api/campaigns/${id}`, signal),
})

export function useCampaign(id: string) {
  return useQuery({ ...campaignOf(id), staleTime: 10_000 })
}

/** The campaign as it is on the server now, for the screen too. */
export function readCampaign(id: string): Promise<Campaign> {
  return studio.fetchQuery({ ...campaignOf(id), staleTime: 0 })
}

/**
 * Saves the draft on top of the version it goes on from.
 * @throws ApiProblem 412 where somebody saved another version in the meantime
 */
export async function saveDraft(id: string, pages: Pages, version: number): Promise<DraftSaved> {
  const saved = await request<DraftSaved>('PUT', `/api/campaigns/${id}/draft`, pages, {
    'If-Match': `"${version}"`,
  })
  studio.setQueryData<Campaign>(['campaign', id], before =>
    before ? { ...before, ...saved, draft: pages } : before,
  )
  return saved
}

/** The drafts that are kept and every publication, newest first. */
export function useHistory(id: string) {
  return useList<VersionItem>(['history', id], cursor =>
    pageAddress(`/api/campaigns/${id}/history`, {}, cursor),
  )
}

/** What the pages were. @param version undefined where none is asked for */
export function useVersion(id: string, version: string | undefined) {
  return useQuery({
    queryKey: ['history', id, version],
    queryFn: ({ signal }: Asked) => get<Version>(`/api/campaigns/${id}/history/${version}`, signal),
    enabled: version !== undefined,
  })
}

export interface NewCampaign {
  project_id: string
  title: string
  language?: string
  pages?: Pages
}

export function useNewCampaign() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewCampaign) => request<Campaign>('POST', '/api/campaigns', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}

/** A finished campaign to look at, with invented readers. */
export function useNewSample() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (project_id: string) => request<Campaign>('POST', '/api/campaigns/sample', { project_id }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}

export function useCampaignChanges(id: string) {
  const client = useQueryClient()
  const keep = async (campaign: Campaign) => {
    client.setQueryData(['campaign', id], campaign)
    await client.invalidateQueries({ queryKey: ['campaigns'] })
  }
  return {
    change: useMutation({
      mutationFn: (
        body: Partial<Pick<Campaign, 'title' | 'language' | 'indexable' | 'gone_text' | 'checklist_hidden'>>,
      ) => request<Campaign>('PATCH', `/api/campaigns/${id}`, body),
      onSuccess: keep,
    }),
    publish: useMutation({
      mutationFn: () => request<Campaign>('POST', `/api/campaigns/${id}/publish`),
      onSuccess: keep,
    }),
    remove: useMutation({
      mutationFn: (title: string) => request<void>('DELETE', `/api/campaigns/${id}`, { confirm: title }),
      onSuccess: () => client.invalidateQueries({ queryKey: ['campaigns'] }),
    }),
  }
}
