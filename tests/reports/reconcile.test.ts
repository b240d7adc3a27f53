import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Figures, Reconcile, ReportItem } from '../../src/contract/shapes.ts'
import { UA_CLASSES, VERDICTS } from '../../src/contract/words.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { open, reading, save } from './readings.ts'

let studio: Studio
let mara: Caller & { project: string }
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

const START = Date.parse('2026-06-01T00:00:00Z')
const DAYS = 10
const anything = fc.record({
  kind: fc.constantFrom('session', 'session', 'session', 'open', 'claimed'),
  at: fc.integer({ min: START, max: START + DAYS * 86_400_000 }),
  ms: fc.constantFrom(0, 500, 9_999, 10_000, 10_001, 45_000),
  acts: fc.integer({ min: 0, max: 2 }),
  input: fc.boolean(),
  automated: fc.boolean(),
  private: fc.boolean(),
  ua: fc.constantFrom(...UA_CLASSES, 'person', 'person', 'person'),
  flag: fc.constantFrom('owner_device', 'owner_login', 'prefetch', null, null, null, null),
  /** the owner's own word, sometimes */
  word: fc.constantFrom(...VERDICTS, null, null, null),
  link: fc.integer({ min: 0, max: 1 }),
})

it('whatever comes, the sum of what it counts as is what came, in every range and for every link', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 25 }), async things => {
      const { body } = await mara.ask('POST', '/api/campaigns', {
        body: { project_id: mara.project, title: 'Any' },
      })
      const at = `/api/campaigns/${body.id}`
      await mara.ask('POST', `${at}/links`, { body: { label: 'Second' } })
      const links = (await mara.get(`${at}/links`)).items.map((link: { id: string }) => link.id)
      const common = { campaign_id: body.id as string }
      const entries = things.flatMap(one => {
        const given = {
          ...common,
          link_id: links[one.link],
          at: one.at,
          private: one.private,
          ua: { class: one.ua },
          flags: one.flag ? { [one.flag]: true } : {},
        }
        const seen = one.kind === 'session' ? [] : [open(given)]
        if (one.kind === 'open') return seen
        return [
          ...seen,
          ...reading({
            ...given,
            open_id: seen[0]?.open_id ?? null,
            pages: one.ms > 0 ? { summary: one.ms } : {},
            acts: Array.from({ length: one.acts }, () => ({ type: 'cta_click' as const })),
            input: one.input,
            automated: one.automated,
          }),
        ]
      })
      if (entries.length > 0) await save(studio.store.database, entries)
      const sessions = (await mara.get(`${at}/sessions?limit=200`)).items
      const opens = (await mara.get(`${at}/opens?limit=200`)).items
      for (const [i, one] of [...sessions, ...opens].entries()) {
        const word = things[i % things.length]!.word
        const subject = i < sessions.length ? 'sessions' : 'opens'
        if (word) await mara.ask('PUT', `${at}/${subject}/${one.id}/verdict`, { body: { verdict: word } })
      }

      const came = things.length
      for (const query of ['', '?from=2026-06-03&to=2026-06-05', `?link=${links[0]}`]) {
        const whole: Reconcile = await mara.get(`${at}/reports/reconcile${query}`)
        expect(whole.total).toBe(whole.actual + whole.new + whole.bot + whole.unscripted + whole.owner)
        expect(whole.total).toBe(whole.reasons.reduce((sum, one) => sum + one.sessions + one.opens, 0))
        expect(whole.private).toBeLessThanOrEqual(whole.total)
        if (query === '') expect(whole.total).toBe(came)

        // and every other answer says the same
        const figures: Figures = await mara.get(`${at}/figures${query}`)
        expect(figures.actual_sessions).toBe(whole.actual)
        expect(figures.new_sessions).toBe(whole.new)
        if (figures.actual_sessions === 0) expect(figures.engagement_rate).toBeNull()
        else expect(figures.engagement_rate).toBe(figures.engaged_sessions / figures.actual_sessions)
        const days: ReportItem<'sessions_by_day'>[] = (
          await mara.get(`${at}/reports/sessions_by_day${query}`)
        ).items
        const sum = (name: 'actual' | 'new' | 'engaged' | 'total_time_ms') =>
          days.reduce((total, day) => total + day[name], 0)
        expect([sum('actual'), sum('new'), sum('engaged'), sum('total_time_ms')]).toEqual([
          figures.actual_sessions,
          figures.new_sessions,
          figures.engaged_sessions,
          figures.total_time_ms,
        ])
        const funnel: ReportItem<'funnel'>[] = (await mara.get(`${at}/reports/funnel${query}`)).items
        expect(funnel.map(step => step.sessions).slice(0, 2)).toEqual([
          whole.actual + whole.new,
          whole.actual,
        ])
        const of = (await mara.get(`${at}/reports/links${query}`)).items as ReportItem<'links'>[]
        expect(of.reduce((total, link) => total + link.actual_sessions, 0)).toBe(figures.actual_sessions)
        // and what a term counts can be listed, row by row
        const listed = async (subject: string, filter: string) =>
          (await mara.get(`${at}/${subject}${query}${query ? '&' : '?'}limit=200&${filter}`)).items.length
        const both = async (filter: string) =>
          (await listed('sessions', filter)) + (await listed('opens', `claimed=false&${filter}`))
        expect({
          actual: await listed('sessions', 'verdict=person&flag=actual,engaged'),
          new: await listed('sessions', 'verdict=person&flag=new'),
          bot: await both('verdict=bot'),
          unscripted: await listed('opens', 'claimed=false&verdict=person'),
          owner: await both('verdict=owner'),
          private: await both('private=true'),
          total: await both(''),
        }).toEqual({
          actual: whole.actual,
          new: whole.new,
          bot: whole.bot,
          unscripted: whole.unscripted,
          owner: whole.owner,
          private: whole.private,
          total: whole.total,
        })
        if (query.includes('link')) continue
        const list = await mara.get(`/api/campaigns${query}${query ? '&' : '?'}limit=1`)
        expect(list.items[0].id).toBe(body.id)
        expect(list.items[0].figures).toEqual(figures)
      }
    }),
    { numRuns: 15 },
  )
})
