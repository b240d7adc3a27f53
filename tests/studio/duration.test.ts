import { describe, expect, it } from 'vitest'
import { clock, duration } from '../../src/studio/format/duration.ts'

const spaced = (ms: number) => duration(ms).replaceAll('\u00a0', ' ')

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [41_000, '41 s'],
    [60_000, '1 m 00 s'],
    [100_000, '1 m 40 s'],
    [549_000, '9 m 09 s'],
    [3_599_999, '59 m 59 s'],
    [3_600_000, '1 h 00 m'],
    [8_460_000, '2 h 21 m'],
    [360_000_000, '100 h 00 m'],
  ])('of %i ms is %s', (ms, words) => {
    expect(spaced(ms)).toBe(words)
  })

  it('never rounds up to a time that would look Actual', () => {
    expect(spaced(9_999)).toBe('9 s')
  })

  it('does not break between its numbers and units', () => {
    expect(duration(100_000)).not.toContain(' ')
  })
})

describe('the clock of a reader who is here', () => {
  it.each([
    [4_000, '0:04'],
    [72_000, '1:12'],
    [3_723_000, '1:02:03'],
  ])('shows %i ms as %s', (ms, words) => {
    expect(clock(ms)).toBe(words)
  })
})
