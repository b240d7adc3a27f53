import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { catalogue } from '../sql/catalogue.ts'
import { rules } from '../sql/rules.ts'
import { strangers } from '../sql/strangers.ts'
import { erasing } from './erasing.ts'
import { serviceFunctions } from './functions.ts'
import { migrations } from './migrations.ts'
import { type StoresOnPostgres, storesOnPostgres } from './open_postgres.ts'
import { savingABatch } from './save_batch.ts'
import { saveLaws } from './save_laws.ts'
import { twoSavers } from './two_savers.ts'

let stores: StoresOnPostgres
beforeAll(async () => {
  stores = await storesOnPostgres()
})
afterAll(() => stores?.stop())
const open = () => stores.open()

rules('PostgreSQL', open)
catalogue('PostgreSQL', open)
strangers('PostgreSQL', open)
savingABatch('PostgreSQL', open)
serviceFunctions('PostgreSQL', open)
saveLaws('PostgreSQL', open, 100)
twoSavers(() => stores)
erasing(() => stores)
migrations('PostgreSQL', open)

describe('migrate on PostgreSQL', () => {
  test('two processes that start at once on an empty database both find it ready', async () => {
    const url = await stores.server.createDatabase('at_once')
    const [one, other] = await Promise.all([openPostgres(url), openPostgres(url)])
    await Promise.all([migrate(one.pool), migrate(other.pool), migrate(one.pool)])
    const { rows } = await one.pool.query('select count(*) as n from internal.migrations')
    expect(rows[0].n).toBeGreaterThan(4)
    await Promise.all([one.close(), other.close()])
  })

  test('two databases of one server may be made at once, though they share their roles', async () => {
    const urls = await Promise.all(['twin_a', 'twin_b'].map(name => stores.server.createDatabase(name)))
    const twins = await Promise.all(urls.map(url => openPostgres(url)))
    await Promise.all(twins.map(twin => migrate(twin.pool)))
    await Promise.all(twins.map(twin => twin.close()))
  })

  test('a login without special rights that owns its database can do all, and inherits nothing', async () => {
    const superuser = await stores.reopen()
    await superuser.pool.query('create role plain_login login createrole')
    const url = await stores.server.createDatabase('plain')
    await superuser.pool.query('alter database plain owner to plain_login')
    const store = await openPostgres(url.replace('postgres@', 'plain_login@'))
    await migrate(store.pool)
    await migrate(store.pool)
    expect(
      await store.database.as({ role: 'service_role' }, query =>
        query('select internal.save_batch(0) is null as empty'),
      ),
    ).toEqual([{ empty: false }])
    for (const relation of ['internal.sessions', 'pitchbeat.campaigns'])
      await expect(store.pool.query(`select * from ${relation}`)).rejects.toMatchObject({ code: '42501' })
    await store.close()
  })

  test('a login that may not create roles is told so, and nothing is left behind', async () => {
    const superuser = await stores.reopen()
    await superuser.pool.query('create role poor_login login')
    const url = await stores.server.createDatabase('poor')
    const store = await openPostgres(url.replace('postgres@', 'poor_login@'))
    await expect(migrate(store.pool)).rejects.toThrow(/permission denied|may not/)
    const { rows } = await store.pool.query(`select to_regnamespace('internal') as made`)
    expect(rows).toEqual([{ made: null }])
    await store.close()
  })
})

describe('a database that goes away', () => {
  test('fails what runs and is found again when it is back', async () => {
    const store = await stores.open()
    const who = { role: 'service_role' } as const
    const asked = store.database.as(who, async query => {
      await query('select pg_sleep(0)')
      await stores.server.stopHard()
      return query('select 1')
    })
    await expect(asked).rejects.toThrow()
    await expect(store.database.as(who, query => query('select 1'))).rejects.toThrow()
    await stores.server.start()
    expect(await store.database.as(who, query => query('select 1 as one'))).toEqual([{ one: 1 }])
  })
})
