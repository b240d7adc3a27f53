import { type Query, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Live, LiveItem } from '../../contract/shapes.ts'
import { EVERY } from './client.ts'
import { ApiProblem, type Asked, get } from './request.ts'
import { type Change, rounds, whatChanged } from './rounds.ts'

/** With the second between two questions, a server that falls silent is noticed within 3 s. */
const PATIENCE_MS = 1_800

async function askLive({ signal }: Asked) {
  const { items, heard, heard_at } = await get<Live>('/api/live', signal, PATIENCE_MS)
  return { items, heard, heard_at }
}

function useAnswer() {
  return useQuery({
    queryKey: ['live'],
    queryFn: askLive,
    refetchInterval: EVERY.live,
    // the next second asks again anyway
    retry: false,
  })
}

/** Who is reading now, of all campaigns. */
export function useLive(): LiveItem[] {
  return useAnswer().data?.items ?? []
}

/** Since when the server gives no answer (null: it never gave one); null while it does. */
export function useLost(): { since: Date | null } | null {
  const { error, errorUpdatedAt, dataUpdatedAt } = useAnswer()
  // Where there never was an answer, `error` is null again while the next question is under way.
  const away = error === null || (error instanceof ApiProblem && (error.status === 0 || error.status >= 500))
  const lost = errorUpdatedAt > dataUpdatedAt && away
  return lost ? { since: dataUpdatedAt > 0 ? new Date(dataUpdatedAt) : null } : null
}

/** Whether an answer to this query shows what changed. */
const concerns = (change: Change) => (query: Query) => {
  const [kind, campaign] = query.queryKey
  if (change === 'everything') return kind !== 'live'
  if (kind === 'campaigns') return true
  if (kind === 'leads') return campaign === 'all' || change.has(campaign as string)
  return (kind === 'figures' || kind === 'seen') && change.has(campaign as string)
}

/**
 * Asks again, round by round, for what shows a campaign that was heard, and for everything when a lost server is back.
 * Once in the studio, around every screen.
 */
export function useFollow(): void {
  const client = useQueryClient()
  const { data } = useAnswer()
  const lost = useLost() !== null
  const before = useRef({ data, lost })
  const ask = useRef<(change: Change) => void>(null)
  ask.current ??= rounds(
    async change => {
      const filter = { predicate: concerns(change), type: 'active' as const }
      const busy = client.isFetching(filter) > 0
      await client.invalidateQueries(filter, { cancelRefetch: false })
      // What was under way when the change was heard may not know of it.
      return busy
    },
    () => document.visibilityState === 'visible',
  )
  useEffect(() => {
    const was = before.current
    before.current = { data, lost }
    if (was.lost && !lost) ask.current?.('everything')
    else if (was.data && data && was.data !== data) {
      const change = whatChanged(was.data, data)
      if (change) ask.current?.(change)
    }
  }, [data, lost])
}
