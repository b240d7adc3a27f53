import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoryStep } from '../../src/contract/shapes.ts'
import { columns, DAYS_MAX, total } from '../../src/studio/charts/day_columns.ts'
import { addDays } from '../../src/studio/format/day.ts'
import { attention, longestPart } from '../../src/studio/story/attention.ts'
import { storyOf, TOLD } from './sample/sessions.ts'

const view = (page: string, active_ms: number, parts: Record<string, number> = {}): StoryStep => ({
  at: '2026-11-17T15:30:00Z',
  what: 'view',
  page,
  active_ms,
  scroll: 0,
  parts,
})

describe('attention', () => {
  it('stands in the order in which it was spent, one band a page', () => {
    const bands = attention([view('summary', 1_000), view('contact', 2_000), view('summary', 1_000)], [])
    expect(
      bands.map(band => [band.page, band.ms, band.stretches.map(one => [one.start, one.width])]),
    ).toEqual([
      [
        'summary',
        2_000,
        [
          [0, 25],
          [75, 25],
        ],
      ],
      ['contact', 2_000, [[25, 50]]],
    ])
  })

  it('fills the whole and stays inside it, whatever was claimed', () => {
    const ms = fc.integer({ min: 0, max: 86_400_000 })
    const parts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), ms)
    const steps = fc.array(fc.tuple(fc.constantFrom('summary', 'contact'), ms, parts), { maxLength: 12 })
    fc.assert(
      fc.property(steps, list => {
        const stretches = attention(
          list.map(one => view(...one)),
          ['a', 'b'],
        ).flatMap(band => band.stretches)
        const width = stretches.reduce((sum, one) => sum + one.width, 0)
        if (stretches.length > 0) expect(width).toBeCloseTo(100, 6)
        for (const one of stretches) {
          for (const part of one.parts) {
            expect(part.start).toBeGreaterThanOrEqual(one.start - 1e-6)
            expect(part.start + part.width).toBeLessThanOrEqual(one.start + one.width + 1e-6)
          }
        }
      }),
    )
  })

  it('knows the case study that was read longest', () => {
    expect(longestPart(storyOf(TOLD)!.story)).toEqual({ id: 'bolt', ms: 161_000 })
    expect(longestPart([view('summary', 5_000)])).toBeNull()
  })
})

describe('columns of the chart', () => {
  const days = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      day: addDays('2026-01-01', index),
      new: 1,
      actual: 2,
      engaged: 1,
      total_time_ms: 1_000,
    }))

  it('are days while they fit, weeks after that, and lose nothing', () => {
    expect(columns(days(DAYS_MAX))).toHaveLength(DAYS_MAX)
    const weeks = columns(days(200))
    expect(weeks).toHaveLength(29)
    expect(weeks.at(-1)).toMatchObject({ from: '2026-07-13', to: '2026-07-19' })
    expect(weeks.reduce((sum, one) => sum + total(one), 0)).toBe(600)
  })

  it('are none for no days', () => {
    expect(columns([])).toEqual([])
  })
})
