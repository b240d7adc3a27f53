import { describe, it } from 'vitest'
import { play } from './play.ts'
import { scenarios } from './scenarios.ts'

describe('what is credited is what was read', () => {
  it.concurrent.each(scenarios.filter(one => one.short))('$name', { timeout: 120_000 }, play)
})
