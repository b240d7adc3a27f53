import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACTUAL_MS, DAY_MS, OVER_AFTER_MS, WINDOW_MAX_FACTOR, WINDOW_MS } from '../../src/contract/timings.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { FLAGS, REASONS, VERDICTS } from '../../src/contract/words.ts'
import type { Store } from '../../src/store/store.ts'

const START = Date.UTC(2026, 0, 1, 12)
const at = (ms: number) => new Date(START + ms)
const s = (seconds: number) => seconds * 1_000
const min = (minutes: number) => minutes * 60_000

/** A truth table for every rule in sql/rules. */
export function rules(name: string, open: () => Promise<Store>): void {
  describe(`the rules: ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store?.close())
    /** Asked as an owner, because that is who reads through them. */
    const rule = async (call: string, values: unknown[]) => {
      const [row] = await store.database.as({ role: 'authenticated', owner_id: 'x' }, query =>
        query<{ answer: unknown }>(`select pitchbeat.${call} as answer`, values),
      )
      return row!.answer
    }

    test.each([
      {
        why: 'what was claimed, where the clock allows it',
        claim: s(20),
        served: 0,
        start: s(12),
        last: s(22),
        is: s(20),
      },
      {
        why: 'nothing of a claim without time: travel only',
        claim: s(60),
        served: 0,
        start: 0,
        last: 0,
        is: s(5),
      },
      {
        why: 'no Actual session for a forged first beat',
        claim: DAY_MS,
        served: 0,
        start: 0,
        last: 0,
        is: s(5),
      },
      {
        why: 'travel alone for a single report: the time before it is withheld',
        claim: s(10),
        served: 0,
        start: s(10),
        last: s(10),
        is: s(5),
      },
      {
        why: 'and still, where another came less than 1 s later',
        claim: s(10),
        served: 0,
        start: s(10),
        last: s(10) + 999,
        is: s(5) + 999,
      },
      {
        why: 'the time before the first report, once another came 1 s later',
        claim: s(10),
        served: 0,
        start: s(10),
        last: s(11),
        is: s(10),
      },
      {
        why: 'a minute of outage at the start',
        claim: s(60),
        served: 0,
        start: s(60),
        last: s(61),
        is: s(60),
      },
      {
        why: 'at most 65 s more than passed between the reports for an aged ticket',
        claim: s(500),
        served: -DAY_MS,
        start: 0,
        last: s(1),
        is: s(66),
      },
      {
        why: 'nothing before the start where the page was served later',
        claim: s(30),
        served: s(10),
        start: 0,
        last: 0,
        is: 0,
      },
      {
        why: 'travel alone where it is not known when the page was served',
        claim: s(30),
        served: null,
        start: 0,
        last: 0,
        is: s(5),
      },
      { why: 'at most a day, sliding', claim: 2 * DAY_MS, served: 0, start: 0, last: 3 * DAY_MS, is: DAY_MS },
      {
        why: 'at most the window, fixed',
        claim: min(40),
        served: 0,
        start: 0,
        last: min(50),
        is: WINDOW_MS,
        fixed: true,
      },
      {
        why: 'of a fixed window of two hours, 50 minutes',
        claim: min(50),
        served: 0,
        start: 0,
        last: min(50),
        is: min(50),
        fixed: true,
        window: min(120),
      },
      {
        why: 'at most 48 windows, sliding',
        claim: DAY_MS,
        served: 0,
        start: 0,
        last: 2 * DAY_MS,
        is: 48 * min(10),
        window: min(10),
      },
    ])('credited time: $why', async ({ claim, served, start, last, is, fixed, window = WINDOW_MS }) => {
      const values = [claim, served === null ? null : at(served), at(start), at(last), !fixed, window]
      expect(await rule('credited_ms($1, $2, $3, $4, $5, $6)', values)).toBe(is)
    })

    test.each([
      [0, s(40), s(40), s(40)],
      [0, s(40), s(40) + 999, s(40)],
      [0, s(40), s(41), 0],
      [-DAY_MS, 0, 0, min(1)],
      [s(10), 0, 0, 0],
      [null, 0, 0, 0],
    ])('served at %s ms, heard at %i and last at %i: withheld are %i ms', async (served, start, last, is) => {
      const values = [served === null ? null : at(served), at(start), at(last)]
      expect(await rule('withheld_ms($1, $2, $3)', values)).toBe(is)
    })

    test.each([
      ['the fifth at once', 5, 0, WINDOW_MS, false],
      ['the sixth at once', 6, 0, WINDOW_MS, true],
      ['the sixth after all but a window', 6, WINDOW_MS - 1, WINDOW_MS, true],
      ['the sixth after a window', 6, WINDOW_MS, WINDOW_MS, false],
      ['the seventh after a window', 7, WINDOW_MS, WINDOW_MS, true],
      ['the sixth after a window of a minute', 6, min(1), min(1), false],
      ['the 53rd after a day', 53, DAY_MS, WINDOW_MS, false],
      ['the 54th after a day', 54, DAY_MS, WINDOW_MS, true],
      ['the sixth, by a clock that is behind', 6, -DAY_MS, WINDOW_MS, true],
    ])('%s is too many of one open: %i, %i, %i: %s', async (_, place, after, window, is) => {
      const values = [place, uuidv7(START), at(after), window]
      expect(await rule('too_many_of_one_open($1, $2, $3, $4)', values)).toBe(is)
    })

    test('a session without an open is never too many of one', async () => {
      expect(await rule('too_many_of_one_open($1, null, $2, $3)', [1, at(0), WINDOW_MS])).toBe(false)
    })

    test.each([
      [0, 0, 'new'],
      [ACTUAL_MS, 0, 'new'],
      [ACTUAL_MS, 3, 'new'],
      [ACTUAL_MS + 1, 0, 'actual'],
      [ACTUAL_MS + 1, 1, 'engaged'],
      [DAY_MS, 1_000, 'engaged'],
    ])('%i ms and %i acts are a session that is %s', async (credited, acts, flag) => {
      expect(await rule('flag($1, $2)', [credited, acts])).toBe(flag)
      expect(await rule('is_actual($1)', [credited])).toBe(flag !== 'new')
      expect(await rule('is_engaged($1, $2)', [credited, acts])).toBe(flag === 'engaged')
      expect(FLAGS).toContain(flag)
    })

    test.each([
      ['left', true, 0, OVER_AFTER_MS, false],
      ['left', true, 0, OVER_AFTER_MS + 1, true],
      ['reading', true, 0, OVER_AFTER_MS + 1, false],
      ['away', true, 0, WINDOW_MS, false],
      ['away', true, 0, WINDOW_MS + 1, true],
      ['reading', true, WINDOW_MS * WINDOW_MAX_FACTOR, WINDOW_MS * WINDOW_MAX_FACTOR, false],
      ['reading', true, WINDOW_MS * WINDOW_MAX_FACTOR, WINDOW_MS * WINDOW_MAX_FACTOR + 1, true],
      ['reading', false, WINDOW_MS, WINDOW_MS, false],
      ['reading', false, WINDOW_MS, WINDOW_MS + 1, true],
      ['away', true, 0, min(40), false, min(120)],
      ['away', true, 0, min(11), true, min(10)],
      ['reading', true, DAY_MS, DAY_MS + 1, false, min(120)],
      ['reading', false, min(50), min(50), false, min(120)],
      ['reading', false, min(11), min(11), true, min(10)],
    ] as const)(
      '%s, sliding %s, last heard of at %i ms, is over at %i ms: %s',
      async (state, sliding, last, now, over, window: number = WINDOW_MS) => {
        const values = [state, at(0), at(last), sliding, window, at(now)]
        expect(await rule('is_over($1, $2, $3, $4, $5, $6)', values)).toBe(over)
      },
    )

    /** Every fact that speaks against a person, in the order of precedence. */
    const against = [
      ['overruled', { overruled: 'person' }],
      ['owner_device', { owner_device: true }],
      ['owner_login', { owner_login: true }],
      ['preview', { ua_class: 'preview' }],
      ['crawler', { ua_class: 'crawler' }],
      ['client', { ua_class: 'client' }],
      ['empty_user_agent', { ua_class: 'empty' }],
      ['automated', { automated: true }],
      ['prefetch', { prefetch: true }],
      ['too_many_of_one_open', { too_many: true }],
      ['impossible_time', { active_ms: s(60), possible_ms: s(60) - 10_001 }],
      ['no_input_gone', { input: false, active_ms: 2_999, possible_ms: 2_999, over: true }],
    ] as const
    const person = {
      overruled: null,
      owner_device: false,
      owner_login: false,
      ua_class: 'person',
      automated: false,
      prefetch: false,
      too_many: false,
      active_ms: s(20),
      possible_ms: s(20),
      input: true,
      over: false,
    }
    const reason = (facts: object) =>
      rule(
        'verdict_reason($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
        Object.values({ ...person, ...facts }),
      )

    test('the reasons are those of the contract, in its order', () => {
      expect([...against.map(([name]) => name), 'person']).toEqual([...REASONS])
    })

    test.each(against)('%s is the reason of what says so', async (name, facts) => {
      expect(await reason(facts)).toBe(name)
    })

    test('the first reason that fits is given', async () => {
      for (let i = 0; i + 1 < against.length; i++) {
        const [name, facts] = against[i]!
        // the later fact must not hide the earlier one by overwriting it
        expect(await reason({ ...against[i + 1]![1], ...facts }), name).toBe(name)
      }
    })

    test.each([
      ['a reader who stays', {}],
      ['a claim that exceeds what is possible by 10 s', { active_ms: s(60), possible_ms: s(50) }],
      ['somebody without input who stays 3 s', { input: false, active_ms: 3_000, over: true }],
      ['somebody without input who may still be there', { input: false, active_ms: 100, over: false }],
      ['somebody with input who leaves at once', { active_ms: 100, possible_ms: 100, over: true }],
      [
        'an open, of which less is known',
        { automated: null, too_many: null, active_ms: null, possible_ms: null, input: null, over: null },
      ],
    ])('a person: %s', async (_, facts) => {
      expect(await reason(facts)).toBe('person')
    })

    test.each(REASONS)('%s has one verdict', async name => {
      const expected =
        name === 'person' ? 'person' : name === 'owner_device' || name === 'owner_login' ? 'owner' : 'bot'
      if (name !== 'overruled') expect(await rule('verdict($1, null)', [name])).toBe(expected)
      else for (const said of VERDICTS) expect(await rule('verdict($1, $2)', [name, said])).toBe(said)
    })

    test.each([
      [0, 0, null],
      [0, null, null],
      [null, null, null],
      [0, 4, 0],
      [1, 4, 0.25],
      [4, 4, 1],
    ])('%s engaged of %s actual: a rate of %s', async (engaged, actual, rate) => {
      expect(await rule('engagement_rate($1, $2)', [engaged, actual])).toBe(rate)
    })
  })
}
