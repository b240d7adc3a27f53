import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Figures, Reconcile, ReportItem, ReportName } from '../../contract/shapes.ts'
import { EVERY } from './client.ts'
import { query, request } from './request.ts'

/** What every question about a campaign can be narrowed by. */
export interface Filter {
  from?: string | undefined
  to?: string | undefined
  link?: string | undefined
}

/** The three figures. When they change, everything else that was seen of the campaign is asked again. */
export function useFigures(id: string, filter: Filter) {
  const client = useQueryClient()
  const figures = useQuery({
    queryKey: ['figures', id, filter],
    queryFn: () => request<Figures>('GET', `/api/campaigns/${id}/figures${query({ ...filter })}`),
    refetchInterval: EVERY.figures,
    placeholderData: keepPreviousData,
  })
  const { data, isPlaceholderData } = figures
  useEffect(() => {
    if (data && !isPlaceholderData) void client.invalidateQueries({ queryKey: ['seen', id] })
  }, [client, id, data, isPlaceholderData])
  return figures
}

export function useReport<Name extends ReportName>(id: string, name: Name, filter: Filter) {
  return useQuery({
    queryKey: ['seen', id, name, filter],
    queryFn: () =>
      request<{ items: ReportItem<Name>[] }>(
        'GET',
        `/api/campaigns/${id}/reports/${name}${query({ ...filter })}`,
      ).then(answer => answer.items),
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
  })
}

export function useReconcile(id: string, filter: Filter) {
  return useQuery({
    queryKey: ['seen', id, 'reconcile', filter],
    queryFn: () => request<Reconcile>('GET', `/api/campaigns/${id}/reports/reconcile${query({ ...filter })}`),
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
  })
}
