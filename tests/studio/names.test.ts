import { describe, expect, it } from 'vitest'
import catalogue from '../../src/contract/texts/studio.en.json'
import { device } from '../../src/studio/format/device.ts'
import { initials, linkName, pageName, shortTitle } from '../../src/studio/format/names.ts'

describe('names', () => {
  it('are short where people are', () => {
    expect(['Mara Ilves', 'Mara', 'Ana de la Cruz', ' ', '孫 悟空'].map(initials)).toEqual([
      'MI',
      'M',
      'AC',
      '?',
      '孫悟',
    ])
  })

  it('of links and pages are never empty', () => {
    expect(linkName({ label: '' })).toBe('Unlabelled link')
    expect(pageName('case_studies')).toBe('Case studies')
    expect(pageName('/blog/2026')).toBe('/blog/2026')
  })

  it('of case studies are what stands before the colon', () => {
    expect(shortTitle('Bolt & Barrow: a checkout people finish')).toBe('Bolt & Barrow')
    expect(shortTitle('One design system for 14 teams')).toBe('One design system for 14 teams')
    expect(shortTitle(': odd')).toBe(': odd')
  })

  it('of devices leave out what is not known', () => {
    expect(device({ device: 'desktop', browser: 'Chrome', os: 'macOS' })).toBe('Desktop · Chrome · macOS')
    expect(device({ device: 'phone', browser: null, os: 'iOS' })).toBe('Phone · iOS')
    expect(device({ device: null, browser: null, os: null })).toBe('Unknown device')
  })
})

describe('the headline figures', () => {
  it('are called what the glossary calls them', () => {
    expect([catalogue.total_actual_sessions, catalogue.engagement_rate, catalogue.total_time_spent]).toEqual([
      'Total Actual Sessions',
      'Engagement Rate',
      'Total Time Spent',
    ])
  })
})
