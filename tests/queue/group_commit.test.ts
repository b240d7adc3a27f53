import { expect, it } from 'vitest'
import { groupCommit } from '../../src/queue/group_commit.ts'

/** Those who push at the same time share a transaction; how much of that may be in memory is bounded. */

const body = new Uint8Array(1)
const bodies = (n: number) => Array.from({ length: n }, () => body)

/** A database that keeps everybody waiting until `answer` is called. */
function hangingDatabase() {
  const groups: number[] = []
  const waiting: Array<() => void> = []
  return {
    groups,
    write: (given: Uint8Array[]) => {
      groups.push(given.length)
      return new Promise<void>(resolve => waiting.push(resolve))
    },
    async answer() {
      waiting.shift()!()
      await new Promise(setImmediate)
    },
  }
}

it('refuses what comes when 20 000 bodies wait already, and takes more once they are written', async () => {
  const database = hangingDatabase()
  const commit = groupCommit(database.write)
  const first = commit(bodies(1))
  const waiting = Array.from({ length: 20 }, () => commit(bodies(1_000)))
  await expect(commit(bodies(1))).rejects.toThrow('Too many writes are waiting.')
  while (database.groups.length < 21) await database.answer()
  await database.answer()
  await Promise.all([first, ...waiting])
  const after = commit(bodies(1))
  await database.answer()
  await after
})

it('writes at most 1 000 bodies in one transaction, and those of one push together', async () => {
  const database = hangingDatabase()
  const commit = groupCommit(database.write)
  const pushes = [1, 600, 600, 1_500, 2].map(n => commit(bodies(n)))
  for (let written = 0; written < 5; written++) await database.answer()
  await Promise.all(pushes)
  expect(database.groups).toEqual([1, 600, 600, 1_500, 2])
})
