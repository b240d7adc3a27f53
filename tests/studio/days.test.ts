import { describe, expect, it } from 'vitest'
import type { Project } from '../../src/contract/shapes.ts'
import { addDays, dayIn, daysBetween, isWeekend } from '../../src/studio/format/day.ts'
import { keptDays, readRange, standardRange } from '../../src/studio/format/range.ts'
import { dayRange, moment } from '../../src/studio/format/when.ts'

describe('a day', () => {
  it('is the one of the project, not of whoever looks', () => {
    expect(dayIn('Pacific/Auckland', '2026-11-24T12:00:00Z')).toBe('2026-11-25')
    expect(dayIn('America/Los_Angeles', '2026-11-24T02:00:00Z')).toBe('2026-11-23')
  })

  it('is counted over months, years and changes of the clock', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
  })

  it('knows the weekend', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(isWeekend)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})

describe('all the time there is', () => {
  const project = (created_at: string, retention_days: number) => ({ created_at, retention_days }) as Project
  const now = Date.parse('2026-11-24T12:00:00Z')

  it('is told in days once a project is older than its visits are kept', () => {
    expect(keptDays([project('2026-10-01T00:00:00Z', 30)], now)).toBe(30)
    expect(keptDays([project('2026-11-01T00:00:00Z', 30)], now)).toBe(null)
    expect(keptDays([], now)).toBe(null)
  })

  it('is that of the project that keeps longest, where there are several', () => {
    const old = [project('2025-01-01T00:00:00Z', 30), project('2025-01-01T00:00:00Z', 90)]
    expect(keptDays(old, now)).toBe(90)
    expect(keptDays([...old, project('2026-11-01T00:00:00Z', 30)], now)).toBe(null)
  })
})

describe('a range', () => {
  const read = (search: string) => readRange(new URLSearchParams(search), '2026-11-24', '30d')

  it('is the standard one where the address names none, or nonsense', () => {
    expect(read('')).toEqual({ name: '30d', from: '2026-10-26', to: '2026-11-24' })
    expect(read('range=__proto__')).toEqual(read(''))
  })

  it('ends today', () => {
    expect(read('range=today')).toEqual({ name: 'today', from: '2026-11-24', to: '2026-11-24' })
    expect(read('range=7d')).toEqual({ name: '7d', from: '2026-11-18', to: '2026-11-24' })
  })

  it('has no ends when it is all time', () => {
    expect(read('range=all')).toEqual({ name: 'all' })
  })

  it('takes days of one’s own, in either order', () => {
    const turned = read('range=custom&from=2026-11-09&to=2026-11-05')
    expect(turned).toEqual({ name: 'custom', from: '2026-11-05', to: '2026-11-09' })
    expect(read('range=custom&from=yesterday').to).toBe('2026-11-24')
  })

  it('is all time first for a campaign younger than 30 days', () => {
    expect(standardRange('2026-11-05', '2026-11-24')).toBe('all')
    expect(standardRange('2026-10-25', '2026-11-24')).toBe('30d')
    expect(standardRange(null, '2026-11-24')).toBe('30d')
  })
})

describe('words for a time', () => {
  const now = new Date('2026-11-24T13:31:00Z')
  const berlin = (at: string) => moment(at, 'Europe/Berlin', now)

  it('name the weekday and the time, and say "today"', () => {
    expect(berlin('2026-11-17T17:02:00Z')).toBe('Tue 17 Nov, 18:02')
    expect(berlin('2026-11-24T13:29:00Z')).toBe('today, 14:29')
  })

  it('name the year where it is another one', () => {
    expect(berlin('2025-11-17T17:02:00Z')).toBe('Mon 17 Nov 2025, 18:02')
  })

  it('join two days', () => {
    expect(dayRange('2026-10-26', '2026-11-24')).toBe('26 Oct – 24 Nov 2026')
    expect(dayRange('2026-11-24', '2026-11-24')).toBe('24 Nov 2026')
  })
})
