import { describe, it } from 'vitest'
import { play } from './play.ts'
import { scenarios } from './scenarios.ts'

/**
 * What Firefox can be driven to over WebDriver BiDi: no windows, no background tabs and no Back out of its cache. It has no
 * fetchLater, so these are the beacon's and the blur of a click into a frame.
 */
describe('what is credited in Firefox is what was read', () => {
  it.concurrent.each(scenarios.filter(one => one.firefox))('$name', { timeout: 120_000 }, scenario =>
    play({ ...scenario, options: { ...scenario.options, browser: 'firefox' } }),
  )
})
