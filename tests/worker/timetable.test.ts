import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Job, startTimetable } from '../../src/worker/timetable.ts'
import { silentLog } from './world.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
})
afterEach(() => {
  vi.useRealTimers()
})

function job(run: () => Promise<void>): Job {
  return { name: 'count', every: '*/10 * * * *', run }
}

test('a job runs whenever its time comes, a failed one too', async () => {
  let runs = 0
  const times = startTimetable(
    [
      job(async () => {
        runs++
        throw new Error('not this time')
      }),
    ],
    silentLog,
  )
  await vi.advanceTimersByTimeAsync(9 * 60_000)
  expect(runs).toBe(0)
  await vi.advanceTimersByTimeAsync(2 * 60_000)
  expect(runs).toBe(1)
  await vi.advanceTimersByTimeAsync(20 * 60_000)
  expect(runs).toBe(3)
  await times.stop()
})

test('two runs of a job never overlap, and stopping waits for the one under way', async () => {
  let begun = 0
  let finish = () => {}
  const times = startTimetable(
    [
      job(() => {
        begun++
        return new Promise<void>(resolve => {
          finish = resolve
        })
      }),
    ],
    silentLog,
  )
  await vi.advanceTimersByTimeAsync(35 * 60_000)
  expect(begun).toBe(1)
  let stopped = false
  const stopping = times.stop().then(() => {
    stopped = true
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(stopped).toBe(false)
  finish()
  await stopping
  await vi.advanceTimersByTimeAsync(60 * 60_000)
  expect(begun).toBe(1)
})
