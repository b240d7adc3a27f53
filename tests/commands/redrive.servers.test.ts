import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, startInstallation } from './installation.ts'

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(() => installation?.stop())

const page = (name: string) => {
  const { views } = installation.batch().body
  return installation.batch({ views: [{ ...views[0]!, page: name }], events: [] })
}
const letters = () => installation.ask('select id, reason, sqlstate from internal.dead_letters order by id')
const tally = async () => (await installation.ask('select * from internal.verify_tally()'))[0]!

test('brings dead letters back once what kept them from being saved is mended; what is still bad is dead again, once', async () => {
  const { ask, queue, save, command } = installation
  await ask(`alter table internal.views add constraint mend_me check (page <> 'mended')`)
  // More than one page of what redrive reads at a time.
  const mended = Array.from({ length: 250 }, () => page('mended'))
  await queue.push([...mended.slice(0, 100), page('still \0 bad'), ...mended.slice(100), page('good')])
  await ask('select internal.push_inbox($1)', [[Buffer.from('no entry')]])
  expect(await save()).toMatchObject({ pulled: 253, dead: 252, remaining: 0 })
  expect(await letters()).toHaveLength(252)

  await ask('alter table internal.views drop constraint mend_me')
  const { code, stderr } = await command('redrive')
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining('251 were sent again, 1 cannot be read and stay.'),
  ])
  expect(await queue.depth()).toBe(251)
  expect((await letters()).map(one => one.reason)).toEqual(['unreadable'])
  expect(await save()).toMatchObject({ pulled: 251, dead: 1, remaining: 0 })

  const [stored] = await ask(`select count(*)::int as n from internal.views where page = 'mended'`)
  expect(stored).toEqual({ n: 250 })
  expect((await letters()).map(one => [one.reason, one.sqlstate])).toEqual([
    ['unreadable', null],
    ['refused', '22021'],
  ])
  // Two items of the refused batch, one of the bytes that cannot be read; 251 batches of two stored.
  expect(await tally()).toMatchObject({ received: 505, stored: 502, dead: 3, missing: 0 })
})

test('a redrive that was cut off between sending and taking away loses and doubles nothing', async () => {
  const { ask, save, command } = installation
  const before = await tally()
  // As it lies after such a redrive: the letter still there, its entry in the queue.
  await ask(
    `select internal.push_inbox(array(select payload from internal.dead_letters where reason = 'refused'))`,
  )
  await command('redrive')
  expect(await save()).toMatchObject({ pulled: 2, dead: 2, remaining: 0 })
  expect((await letters()).map(one => one.reason)).toEqual(['unreadable', 'refused'])
  expect(await tally()).toMatchObject({ dead: before.dead, missing: 0 })
})

test('an entry buried again before redrive takes its letter away keeps a letter', async () => {
  const { ask, save, queue } = installation
  await ask('delete from internal.dead_letters')
  const entry = page('still \0 bad')
  await queue.push([entry])
  await save()
  const [first] = await letters()
  await queue.push([entry])
  await save()
  await ask('select internal.drop_dead_letters($1)', [[first!.id]])
  expect(await letters()).toHaveLength(1)
  expect(await tally()).toMatchObject({ missing: 0 })
})

test('with nothing dead it says so', async () => {
  await installation.ask('delete from internal.dead_letters')
  const { code, stderr } = await installation.command('redrive')
  expect([code, stderr]).toEqual([0, expect.stringContaining('0 were sent again.')])
})
