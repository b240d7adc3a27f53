import { expect } from 'vitest'
import { buildTracker } from '../../src/tracker/build.ts'
import { Lab } from './lab.ts'
import type { Scenario } from './scenario.ts'

const { script } = await buildTracker()

/** Plays a scenario with our tracker, and holds what arrived against what really happened. */
export async function play(scenario: Scenario): Promise<void> {
  const { run, options, bar = 300, mayLose = 0, events = 0, sessions = 1 } = scenario
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
}
