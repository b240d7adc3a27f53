import { describe, expect, it } from 'vitest'
import { busiest } from '../../src/studio/format/busiest.ts'
import { did } from '../../src/studio/format/did.ts'
import { lede } from '../../src/studio/story/lede.ts'
import { storyLines } from '../../src/studio/story/lines.ts'
import { live, pages } from './sample/campaigns.ts'
import { sessionsByDay } from './sample/reports.ts'
import { sessions, storyOf, TOLD } from './sample/sessions.ts'

const told = storyOf(TOLD)!
const titles = new Map(pages.case_studies.map(one => [one.id, one.title]))
const plain = (text: string) => text.replaceAll(/<\/?b>/g, '').replaceAll('\u00a0', ' ')
const days = (seconds: number[]) =>
  seconds.map((one, index) => ({
    day: `2026-11-${String(index + 2).padStart(2, '0')}`,
    total_time_ms: one * 1000,
  }))

describe('when most of the reading was', () => {
  it('names the fewest days that hold most of it', () => {
    expect(busiest(sessionsByDay)).toBe('Three quarters of the reading was on 17 and 18 November')
    expect(busiest(days([0, 0, 100, 0, 0, 1]))).toBe('All of the reading was on 4 November')
  })

  it('names a weekday where it comes back', () => {
    const weeks = [10, 60, 10, 10, 10, 0, 0, 10, 70, 10, 10, 10, 0, 0, 10, 70, 10, 10, 10, 0, 0]
    expect(busiest(days(weeks))).toBe('Most read on Tuesdays')
  })

  it('names no weekday that holds less than half, or on fewer than three days', () => {
    const less = [10, 40, 10, 10, 20, 0, 0, 10, 40, 10, 20, 10, 0, 0, 10, 40, 20, 10, 10, 0, 0]
    expect(busiest(days(less))).toBeNull()
    const twice = [10, 60, 10, 10, 10, 0, 0, 10, 60, 10, 10, 10, 0, 0]
    expect(busiest(days(twice))).toBeNull()
  })

  it('claims nothing where there is nothing to say', () => {
    expect(busiest(days([10, 10, 10, 10, 10, 10, 10]))).toBeNull()
    expect(busiest(days([0, 0, 0]))).toBeNull()
    expect(busiest([])).toBeNull()
  })
})

describe('a session in one line', () => {
  it('names its pages and the act worth telling', () => {
    expect(sessions.slice(1, 8).map(one => did(one))).toEqual([
      'Summary',
      'All three pages, wrote to you',
      'Summary',
      'Case studies',
      'Contact',
      'All three pages, clicked “Book 20 minutes”',
      'Case studies, followed “See the prototype”',
    ])
  })

  it('says where its reader is now', () => {
    expect(did(sessions[0]!, live.items[0])).toBe('Summary, now on the case studies')
  })

  it('says why it is not counted', () => {
    expect(did(sessions[8]!)).toBe('A chat or mail program unfolded the link, not counted')
  })
})

describe('a session in one sentence', () => {
  it('says how long, what about, and what they did', () => {
    expect(plain(lede(told, titles))).toBe(
      'They read for 6 m 48 s, longest about Bolt & Barrow, followed “See the prototype” and clicked “Book 20 minutes”.',
    )
  })

  it('does not call a glance reading', () => {
    const glance = { ...told, flag: 'new', credited_ms: 4_000, story: [] } as const
    expect(plain(lede({ ...glance, story: [] }, titles))).toBe('They looked for 4 s.')
  })

  it('says what is not a reader', () => {
    const bot = { ...told, verdict: 'bot', reason: 'preview' } as const
    expect(plain(lede(bot, titles))).toBe('This was not a reader. A chat or mail program unfolded the link.')
  })

  it('shows what was typed as it was typed', () => {
    const odd = new Map([['bolt', '<b>bold</b> claims']])
    expect(lede(told, odd)).not.toContain('<b>bold</b>')
  })
})

describe('the story', () => {
  it('joins going on with the reading it led to', () => {
    expect(storyLines(told.story).map(line => line.kind)).toEqual([
      'opened',
      'view',
      'went on',
      'event',
      'went on',
      'event',
    ])
  })
})
