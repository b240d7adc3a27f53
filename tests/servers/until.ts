/**
 * Waits until `condition` answers something truthy, and answers that. An error thrown by it counts as "not yet".
 * @param what named in the error when the time is over
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = 30_000, everyMs = 25 } = {},
): Promise<NonNullable<Awaited<T>>> {
  const end = performance.now() + timeoutMs
  let last: unknown = 'never true'
  while (performance.now() < end) {
    try {
      const answer = await condition()
      if (answer) return answer as NonNullable<Awaited<T>>
      last = answer
    } catch (error) {
      last = error
    }
    await new Promise(resolve => setTimeout(resolve, everyMs))
  }
  throw new Error(`waited ${timeoutMs} ms for: ${what}; last: ${last}`)
}
