import { describe, expect, it } from 'vitest'
import { buildTracker } from '../../src/tracker/build.ts'
import { Lab } from './lab.ts'
import { scenarios } from './scenarios.ts'

const { script } = await buildTracker()

describe('what is credited is what was read', () => {
  it.concurrent.each(scenarios.filter(one => one.short))(
    '$name',
    { timeout: 120_000 },
    async ({ run, options, bar = 300, mayLose = 0, events = 0, sessions = 1 }) => {
      const lab = await Lab.open(script, options)
      try {
        await run(lab)
        const { collector, truth } = lab
        const off = truth.off(collector.credited)
        const said = `credited ${collector.credited} ms of ${truth.range}`
        expect(off, said).toBeLessThanOrEqual(bar)
        expect(off, said).toBeGreaterThanOrEqual(-bar - mayLose)
        expect(collector.events.size, 'events').toBe(events)
        expect(collector.sessions.size, 'sessions').toBe(sessions)
        expect(collector.starts.length, 'calls of /sessions').toBe(sessions)
      } finally {
        await lab.close()
      }
    },
  )
})
