import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, startInstallation } from './installation.ts'

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
  const { queue, batch, save } = installation
  const entries = Array.from({ length: 50 }, () => batch())
  await queue.push([...entries, ...entries.slice(0, 10)])
  await save()
})
afterAll(() => installation?.stop())

test('on an installation that is well it counts, says so and ends with 0', async () => {
  const { code, stdout, stderr } = await installation.command('verify')
  expect(code).toBe(0)
  expect(stderr).toContain('Every sum is the recount of its facts')
  expect(JSON.parse(stdout)).toMatchObject({ received: 180, stored: 150, duplicate: 30, missing: 0 })
})

test.each([
  ['a sum that was changed', 'active_ms = active_ms + 1', 'active_ms = active_ms - 1'],
  ['a count that was changed', 'acts = 0, ctas = 0', 'acts = 1, ctas = 1'],
])('finds %s, names the session and ends with 1', async (_, damage, repair) => {
  const [one] = await installation.ask('select min(id::text) as id from internal.sessions')
  await installation.ask(`update internal.sessions set ${damage} where id = $1`, [one!.id])
  const { code, stdout, stderr } = await installation.command('verify')
  expect(code).toBe(1)
  const found = stdout.split('\n').map(line => JSON.parse(line))
  expect(found[0]).toMatchObject({ session_id: one!.id })
  expect(found[0].stored).not.toEqual(found[0].recounted)
  expect(stderr).toContain('1 sessions differ from their facts')
  await installation.ask(`update internal.sessions set ${repair} where id = $1`, [one!.id])
})

test('finds facts that vanished beneath a sum', async () => {
  await installation.ask('create table kept as select * from internal.views limit 1')
  await installation.ask('delete from internal.views v using kept k where v.id = k.id')
  expect((await installation.command('verify')).code).toBe(1)
  await installation.ask('insert into internal.views select * from kept')
  expect((await installation.command('verify')).code).toBe(0)
})

test('finds items that nobody accounts for, and ends with 1', async () => {
  await installation.ask(`update internal.tally set n = n - 2 where outcome = 'stored'`)
  const { code, stderr } = await installation.command('verify')
  expect([code, stderr]).toEqual([1, expect.stringContaining('2 items are not accounted for')])
})
