import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Live, LiveItem } from '../../contract/shapes.ts'
import { EVERY } from './client.ts'
import { request } from './request.ts'

/** What is asked again when somebody was heard. */
const MOVED = [['figures'], ['seen'], ['campaigns'], ['leads']]

const fetchLive = async () => {
  const { items, heard_at } = await request<Live>('GET', '/api/live')
  return { items, heard_at }
}

function useAnswer() {
  return useQuery({ queryKey: ['live'], queryFn: fetchLive, refetchInterval: EVERY.live }).data
}

/** Who is reading now, of all campaigns. */
export function useLive(): LiveItem[] {
  return useAnswer()?.items ?? []
}

/** Asks for the figures whenever a reader was heard. Once in the studio, around every screen. */
export function useFollow(): void {
  const client = useQueryClient()
  const answer = useAnswer()
  useEffect(() => {
    if (!answer) return
    for (const queryKey of MOVED) void client.invalidateQueries({ queryKey })
  }, [client, answer])
}
