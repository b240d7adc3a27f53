import { describe, it } from 'vitest'
import { play } from './play.ts'
import { scenarios } from './scenarios.ts'

/**
 * What Firefox can be driven to over WebDriver BiDi: no windows, no background tabs and no Back out of its cache. It has no
 * fetchLater, so these are the beacon's and the blur of a click into a frame.
 */
const DRIVEN = [
  'close the tab',
  'switch tab and return',
  'click into a cross-origin frame',
  'five clicks on the call to action, a forward link, the next page',
  'idle for longer than the limit, then input',
  'browser quit',
  'server down at the goodbye, the next page brings it',
]

const driven = scenarios.filter(one => DRIVEN.includes(one.name))

describe('what is credited in Firefox is what was read', () => {
  it.concurrent.each(driven)('$name', { timeout: 120_000 }, scenario =>
    play({ ...scenario, options: { ...scenario.options, browser: 'firefox' } }),
  )
})
