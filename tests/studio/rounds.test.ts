import { expect, it } from 'vitest'
import { type Change, rounds, whatChanged } from '../../src/studio/api/rounds.ts'

const heard = (...campaigns: [string, number][]) => ({
  heard: campaigns.map(([campaign_id, second]) => ({
    campaign_id,
    at: `2026-11-27T10:00:${String(second).padStart(2, '0')}.000000Z`,
  })),
  heard_at: campaigns.length > 0 ? `2026-11-27T10:00:${campaigns[0]![1]}Z` : null,
})

it('only the campaigns that were heard since the look before have changed', () => {
  expect(whatChanged(heard(['a', 10], ['b', 9]), heard(['b', 12], ['a', 10]))).toEqual(new Set(['b']))
  expect(whatChanged(heard(['a', 10]), heard(['c', 11], ['a', 10]))).toEqual(new Set(['c']))
  expect(whatChanged(heard(['a', 10]), heard(['a', 10]))).toBeNull()
  expect(whatChanged(heard(['a', 10]), { ...heard(['a', 10]), heard: [] })).toBeNull()
})

it('after a gap longer than the list of heard campaigns goes back, everything has changed', () => {
  expect(whatChanged(heard(), { heard: [], heard_at: '2026-11-27T09:00:00Z' })).toBe('everything')
})

/** Rounds that end when the test says so. */
function byHand(visible = () => true) {
  const asked: Change[] = []
  const ends: ((again: boolean) => void)[] = []
  const ask = rounds(change => {
    asked.push(change)
    return new Promise<boolean>(resolve => ends.push(resolve))
  }, visible)
  const end = async (again = false) => {
    ends.shift()!(again)
    await new Promise(setImmediate)
  }
  return { asked, ask, end }
}

it('one round runs at a time, and what changes meanwhile is asked for in one round after it', async () => {
  const { asked, ask, end } = byHand()
  ask(new Set(['a']))
  ask(new Set(['b']))
  ask(new Set(['c']))
  ask(new Set(['b']))
  expect(asked).toEqual([new Set(['a'])])
  await end()
  expect(asked).toEqual([new Set(['a']), new Set(['b', 'c'])])
  await end()
  expect(asked).toHaveLength(2)
})

it('where a request was under way already, another round follows', async () => {
  const { asked, ask, end } = byHand()
  ask(new Set(['a']))
  await end(true)
  expect(asked).toEqual([new Set(['a']), new Set(['a'])])
})

it('while nobody can see it nothing is asked; the next change asks for all that waited', async () => {
  let visible = false
  const { asked, ask } = byHand(() => visible)
  ask(new Set(['a']))
  expect(asked).toEqual([])
  visible = true
  ask('everything')
  expect(asked).toEqual(['everything'])
})
