import { describe, expect, it } from 'vitest'
import { percent } from '../../src/studio/format/rate.ts'
import { rateWords } from '../../src/studio/parts/figure_text.tsx'

describe('a rate', () => {
  it('is a dash where there is nothing to divide', () => {
    expect(rateWords(0, 0)).toBe('–')
  })

  it('shows what it is made of below 20', () => {
    expect(rateWords(3, 4)).toBe('3 of 4 (75 %)')
    expect(rateWords(0, 3)).toBe('0 of 3 (0 %)')
    expect(rateWords(19, 19)).toBe('19 of 19 (100 %)')
  })

  it('is a percentage from 20 on', () => {
    expect(rateWords(14, 23)).toBe('61 %')
    expect(rateWords(10, 20)).toBe('50 %')
  })
})

describe('a percentage', () => {
  it('is 100 only of all and 0 only of nothing', () => {
    expect(percent(199, 200)).toBe(99)
    expect(percent(1, 1_000)).toBe(1)
    expect(percent(0, 7)).toBe(0)
    expect(percent(7, 7)).toBe(100)
  })
})
