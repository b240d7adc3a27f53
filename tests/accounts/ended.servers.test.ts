import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resetPassword } from '../../src/accounts/reset_password.ts'
import type { Store } from '../../src/store/store.ts'
import { type StoresOnPostgres, storesOnPostgres } from '../store/open_postgres.ts'
import { type Caller, openStudio, PASSWORD, type Studio } from './studio.ts'

/** Two web processes on one database: what one of them ends, the other must not go on believing. */

let postgres: StoresOnPostgres
let here: Studio
let there: Studio
let store: Store
beforeAll(async () => {
  postgres = await storesOnPostgres()
  store = await postgres.open()
  here = await openStudio({ store })
  there = await openStudio({ store: await postgres.reopen(), setUp: false })
})
afterAll(() => postgres?.stop())

/** A login and a token of a new owner, both in use in the other process. */
async function known(email: string) {
  const owner = await here.owner(email)
  const { body: token } = await owner.ask('POST', '/api/tokens', { body: { name: 'x', scope: 'write' } })
  const stolen = there.browser()
  for (const [name, value] of owner.cookies) stolen.cookies.set(name, value)
  const program = there.program(token.token)
  expect(await statuses(stolen, program)).toEqual([200, 200, 201, 201])
  return { owner, stolen, program, token }
}
const statuses = async (...callers: Caller[]) => [
  ...(await Promise.all(callers.map(async one => (await one.ask('GET', '/api/projects')).status))),
  ...(await Promise.all(
    callers.map(async one => (await one.ask('POST', '/api/projects', { body: { name: 'Late' } })).status),
  )),
]
const projectsOf = async (id: string) =>
  (await store.pool.query('select count(*) as n from pitchbeat.projects where owner_id = $1', [id])).rows[0].n

describe('what one process ends holds in the other at once', () => {
  it('deleting the account: nothing is read, written, published or made any more', async () => {
    const { owner, stolen, program } = await known('gone@example.com')
    await owner.ask('POST', '/api/auth/delete-user', { body: { password: PASSWORD } })
    expect(await statuses(stolen, program)).toEqual([401, 401, 401, 401])
    expect((await stolen.ask('POST', '/api/tokens', { body: { name: 'y', scope: 'write' } })).status).toBe(
      401,
    )
    expect(await projectsOf(owner.id)).toBe(0)
  })
  it('logging out, here or everywhere; a token goes on', async () => {
    const out = await known('out@example.com')
    await out.owner.ask('POST', '/api/auth/sign-out', { body: {} })
    expect(await statuses(out.stolen, out.program)).toEqual([401, 200, 401, 201])
    const everywhere = await known('everywhere@example.com')
    await everywhere.owner.ask('POST', '/api/auth/revoke-sessions', { body: {} })
    expect(await statuses(everywhere.stolen, everywhere.program)).toEqual([401, 200, 401, 201])
  })
  it('a new password, although nobody asked to end the other logins; the tokens too, if asked', async () => {
    const change = (owner: Caller, newPassword: string, body = {}) =>
      owner.ask('POST', '/api/auth/change-password', {
        body: { currentPassword: PASSWORD, newPassword, ...body },
      })
    const one = await known('change@example.com')
    expect((await change(one.owner, 'another long one')).status).toBe(200)
    expect(await statuses(one.stolen, one.program, one.owner)).toEqual([401, 200, 200, 401, 201, 201])
    const two = await known('change-all@example.com')
    await change(two.owner, 'another long one', { revokeTokens: true })
    expect(await statuses(two.stolen, two.program, two.owner)).toEqual([401, 401, 200, 401, 401, 201])
  })
  it('a reset by the operator; the tokens too, if asked', async () => {
    const { owner, stolen, program } = await known('reset@example.com')
    await resetPassword(store.pool, 'reset@example.com')
    expect(await statuses(owner, stolen, program)).toEqual([401, 401, 200, 401, 401, 201])
    await resetPassword(store.pool, 'reset@example.com', { tokens: true })
    expect(await statuses(program)).toEqual([401, 401])
  })
  it('removing a token', async () => {
    const { owner, stolen, program, token } = await known('token@example.com')
    await owner.ask('DELETE', `/api/tokens/${token.id}`)
    expect(await statuses(stolen, program)).toEqual([200, 401, 201, 401])
  })
})

describe('a request under way while its account ends', () => {
  it('is refused in its own transaction, although it had proved itself before', async () => {
    const owner = await here.owner('slow@example.com')
    const as = { role: 'authenticated', owner_id: owner.id, version: 1 } as const
    const write = () =>
      store.database.as(as, query => query(`insert into pitchbeat.projects (name) values ('Late')`))
    await write()
    await owner.ask('POST', '/api/auth/revoke-sessions', { body: {} })
    await expect(write()).rejects.toMatchObject({ code: 'PB401' })
    await expect(
      store.database.as({ ...as, role: 'service_role' }, query => query('select 1')),
    ).rejects.toMatchObject({ code: 'PB401' })
    expect(await projectsOf(owner.id)).toBe(2)
  })
  it('is waited for by the deletion, which then leaves nothing of it', async () => {
    const owner = await here.owner('race@example.com')
    let written: () => void = () => {}
    let deleted: Promise<unknown> | undefined
    const begun = new Promise<void>(resolve => {
      written = resolve
    })
    const writing = store.database.as(
      { role: 'authenticated', owner_id: owner.id, version: 1 },
      async query => {
        await query(`insert into pitchbeat.projects (name) values ('Late')`)
        written()
        // until the deletion waits for this transaction
        for (;;) {
          const [row] = await query<{ waits: boolean }>(
            `select exists (select from pg_locks where not granted and transactionid is not null) as waits`,
          )
          if (row!.waits) return
        }
      },
    )
    await begun
    deleted = owner.ask('POST', '/api/auth/delete-user', { body: { password: PASSWORD } })
    await writing
    await deleted
    expect(await projectsOf(owner.id)).toBe(0)
  })
  it('never begins to write for an owner who is deleted or never was, with whatever login', async () => {
    const owner = await here.owner('dead@example.com')
    await owner.ask('POST', '/api/auth/delete-user', { body: { password: PASSWORD } })
    for (const owner_id of [owner.id, 'nobody', '']) {
      const as = { role: 'authenticated', owner_id } as const
      for (const text of [
        `insert into pitchbeat.projects (name) values ('x')`,
        `update pitchbeat.campaigns set title = 'x'`,
        `update pitchbeat.leads set status = 'new'`,
        `insert into pitchbeat.tokens (name, scope, hash) values ('x', 'write', '\\x01')`,
      ])
        await expect(
          store.database.as(as, query => query(text)),
          text,
        ).rejects.toMatchObject({ code: 'PB401' })
      expect(await store.database.as(as, query => query('select * from public.campaign_sessions'))).toEqual(
        [],
      )
    }
  })
})
