import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'
import { type FaultyProxy, startProxy } from '../servers/proxy.ts'
import { until } from '../servers/until.ts'

const service = { role: 'service_role' } as const
const LIMIT_MS = 1_500

let postgres: Postgres
let proxy: FaultyProxy
/** asks PostgreSQL itself */
let direct: Store
/** asks through the proxy */
let store: Store
beforeAll(async () => {
  postgres = await startPostgres({ fsync: false })
  const url = await postgres.createDatabase('limits')
  direct = await openPostgres(url)
  await migrate(direct.pool)
  await direct.pool.query('create table public.note (n int); insert into public.note values (0)')
  await direct.pool.query('grant select, update on public.note to service_role')
})
beforeEach(async () => {
  proxy = await startProxy(postgres.port)
  store = await openPostgres(`postgres://postgres@127.0.0.1:${proxy.port}/limits`, { max: 2 })
})
afterEach(async () => {
  await store.close()
  await proxy.stop()
})
afterAll(async () => {
  await direct?.close()
  await postgres?.stop()
})

/** Connections of the others that are at work, or stand in a transaction. */
const busy = async () =>
  (
    await direct.pool.query(
      `select query from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    )
  ).rows

describe('a transaction that takes too long', () => {
  test('is stopped by the database, which is free then', async () => {
    const slow = store.database.as(service, query => query('select pg_sleep(60)'), LIMIT_MS)
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    expect(await busy()).toEqual([])
  })

  test('is stopped in the statement in which its time ends, however short each one is', async () => {
    let done = 0
    const slow = store.database.as(
      service,
      async query => {
        for (; done < 100; done++) await query('select pg_sleep(0.3)')
      },
      LIMIT_MS,
    )
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(LIMIT_MS / 300)
  })

  test('waits for a connection no longer than for an answer', async () => {
    const hold = () => store.database.as(service, query => query('select pg_sleep(2.5)'), 10_000)
    const holding = [hold(), hold()]
    await until(
      'both connections to be lent',
      () => store.pool.idleCount === 0 && store.pool.totalCount === 2,
    )
    await expect(store.database.as(service, query => query('select 1'), 500)).rejects.toThrow(/timeout/)
    await Promise.all(holding)
    expect(await store.database.as(service, query => query('select 1 as n'))).toEqual([{ n: 1 }])
  })
})

test('who borrows a connection has a time of its own, not what the one before had left', async () => {
  await store.database.as(service, query => query('select 1'), 700)
  expect(store.pool.idleCount).toBe(1)
  const client = await store.pool.connect()
  await client.query('select pg_sleep(1.5)').finally(() => client.release())
})

describe('with the network silent', () => {
  test('a transaction is given up, and its connection is never lent again', async () => {
    await store.database.as(service, query => query('select 1'))
    proxy.become('black_hole')
    const lost = store.database.as(service, query => query('select 2'), LIMIT_MS)
    await expect(lost).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await until('the connection to be gone', () => store.pool.totalCount === 0)
    proxy.become('pass')
    expect(await store.database.as(service, query => query('select 3 as n'), LIMIT_MS)).toEqual([{ n: 3 }])
  })

  test('nor is one that its borrower gives back as if it were well', async () => {
    const client = await store.pool.connect()
    proxy.become('black_hole')
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    client.release()
    await until('the connection to be gone', () => store.pool.totalCount === 0)
    proxy.become('pass')
    expect((await store.pool.query('select 3 as n')).rows).toEqual([{ n: 3 }])
  })

  test('what was lost in the middle of a transaction holds its locks no longer than the transaction may take', async () => {
    const add = (of: Store, then: () => void = () => {}) =>
      of.database.as(
        service,
        async query => {
          await query('update public.note set n = n + 1')
          then()
          await query('select 1')
        },
        LIMIT_MS,
      )
    await expect(add(store, () => proxy.become('black_hole'))).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await until('another to have the row', () => add(direct).then(() => true), { timeoutMs: 10_000 })
    expect((await direct.pool.query('select n from public.note')).rows).toEqual([{ n: 1 }])
  })
})
