import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchBacklog } from '../../src/collect/backlog.ts'
import type { Queue } from '../../src/queue/queue.ts'

/** Whether the queue is full is known without asking it on a request's way. */

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) }))
afterEach(() => vi.useRealTimers())

function backlogOf(depth: () => Promise<number>) {
  return watchBacklog({ depth } as unknown as Queue, 100)
}

it('is full from the first count on that finds as many entries as are allowed', async () => {
  let depth = 99
  const backlog = backlogOf(async () => depth)
  backlog.full()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(backlog.full()).toBe(false)
  depth = 100
  await vi.advanceTimersByTimeAsync(1_000)
  backlog.full()
  await vi.advanceTimersByTimeAsync(0)
  expect(backlog.full()).toBe(true)
})

it('takes requests again when the last count is five seconds old: nobody knows then', async () => {
  let isAway = false
  const backlog = backlogOf(async () => {
    if (isAway) throw new Error('away')
    return 100
  })
  backlog.full()
  await vi.advanceTimersByTimeAsync(0)
  expect(backlog.full()).toBe(true)
  isAway = true
  await vi.advanceTimersByTimeAsync(4_900)
  expect(backlog.full()).toBe(true)
  await vi.advanceTimersByTimeAsync(200)
  expect(backlog.full()).toBe(false)
})
