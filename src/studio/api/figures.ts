import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Figures, Reconcile, ReportItem, ReportName } from '../../contract/shapes.ts'
import { EVERY } from './client.ts'
import { type Asked, get, query } from './request.ts'

/** What every question about a campaign can be narrowed by. */
export interface Filter {
  from?: string | undefined
  to?: string | undefined
  link?: string | undefined
}

export function useFigures(id: string, filter: Filter) {
  return useQuery({
    queryKey: ['figures', id, filter],
    queryFn: ({ signal }: Asked) =>
      get<Figures>(`/api/campaigns/${id}/figures${query({ ...filter })}`, signal),
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
  })
}

export function useReport<Name extends ReportName>(id: string, name: Name, filter: Filter) {
  return useQuery({
    queryKey: ['seen', id, name, filter],
    queryFn: ({ signal }: Asked) =>
      get<{ items: ReportItem<Name>[] }>(
        `/api/campaigns/${id}/reports/${name}${query({ ...filter })}`,
        signal,
      ).then(answer => answer.items),
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
  })
}

export function useReconcile(id: string, filter: Filter) {
  return useQuery({
    queryKey: ['seen', id, 'reconcile', filter],
    queryFn: ({ signal }: Asked) =>
      get<Reconcile>(`/api/campaigns/${id}/reports/reconcile${query({ ...filter })}`, signal),
    refetchInterval: EVERY.rest,
    placeholderData: keepPreviousData,
  })
}
