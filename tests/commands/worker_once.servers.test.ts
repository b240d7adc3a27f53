import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, startInstallation } from './installation.ts'

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(() => installation?.stop())

test('a run on demand saves what waits, then removes what is deleted and what is older than its days', async () => {
  const { queue, batch, save, ask, command } = installation
  await queue.push(Array.from({ length: 20 }, () => batch()))
  await save()
  await queue.push([batch()])
  await ask(`update internal.sessions set started_at = now() - interval '800 days',
    last_received_at = now() - interval '800 days' where id = (select min(id::text)::uuid from internal.sessions)`)
  const once = async () => {
    const { code, stdout } = await command('worker', '--once')
    expect(code).toBe(0)
    return JSON.parse(stdout)
  }
  const sessions = async () => (await ask('select count(*) as n from internal.sessions'))[0]!.n
  expect(await once()).toMatchObject({ pulled: 1, remaining: 0 })
  expect(await sessions()).toBe(20)
  await ask(`select internal.delete_campaign('owner', id) from pitchbeat.campaigns`)
  await once()
  expect(await sessions()).toBe(0)
})
