import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { LiveItem } from '../../contract/shapes.ts'
import { EVERY } from './client.ts'
import { request } from './request.ts'

/** Who is reading now, of all campaigns. A reader who comes, moves on or leaves makes everything seen be asked again. */
export function useLive(): LiveItem[] {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['live'],
    queryFn: () => request<{ items: LiveItem[] }>('GET', '/api/live').then(answer => answer.items),
    refetchInterval: EVERY.live,
  })
  useEffect(() => {
    if (data) void client.invalidateQueries({ queryKey: ['seen'] })
  }, [client, data])
  return data ?? []
}
