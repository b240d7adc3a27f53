import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Database, Query } from '../../src/store/database.ts'
import { type Job, startTimetable, timetable } from '../../src/worker/timetable.ts'
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

test('what is deleted is removed within 10 s, what is older than its days within the hour, and what is dead within 10 minutes', async () => {
  const asked = new Map<string, number>()
  const hear = (what: string) => void asked.set(what, asked.get(what) ?? Date.now())
  const query = (async (statement: string) => {
    const name = /internal\.(\w+)/.exec(statement)![1]!
    hear(name)
    return { erase_some: [{ removed: null }], expire_rest: [{ codes: 0, dead_letters: 0 }] }[name] ?? []
  }) as unknown as Query
  const database: Database = {
    as: (_, work) => work(query),
    maintain: async () => hear('maintain'),
    close: async () => {},
  }
  const began = Date.now()
  const expireLogins = async () => {
    hear('logins')
    return 0
  }
  const times = startTimetable(timetable({ database, log: silentLog, expireLogins }), silentLog)
  await vi.advanceTimersByTimeAsync(3_600_000)
  await times.stop()
  const withinS = {
    erase_some: 10,
    maintain: 600,
    campaigns_to_expire: 3_600,
    expire_rest: 3_600,
    logins: 3_600,
  }
  for (const [what, seconds] of Object.entries(withinS))
    expect((asked.get(what) ?? Number.POSITIVE_INFINITY) - began, what).toBeLessThanOrEqual(seconds * 1_000)
})
