/** How long a looked-up session or token is believed, in milliseconds. */
export const BELIEVED_MS = 30_000
const MAX = 10_000

/**
 * Remembers look-ups for half a minute, so that an owner's polling every 2 s costs two queries a minute. Concurrent
 * look-ups of one key share one. What ends a session in this process forgets everything at once; another process may
 * go on believing for half a minute.
 */
export function knownFor<T>(ms = BELIEVED_MS, now: () => number = Date.now) {
  const known = new Map<string, { until: number; value: Promise<T> }>()
  return {
    get(key: string, look: () => Promise<T>): Promise<T> {
      const found = known.get(key)
      if (found && found.until > now()) return found.value
      known.delete(key)
      if (known.size >= MAX) known.delete(known.keys().next().value!)
      const value = look()
      known.set(key, { until: now() + ms, value })
      value.catch(() => known.delete(key))
      return value
    },
    forget(): void {
      known.clear()
    },
  }
}
export type KnownFor<T> = ReturnType<typeof knownFor<T>>
