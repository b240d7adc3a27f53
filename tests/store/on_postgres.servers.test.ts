import { afterAll, beforeAll } from 'vitest'
import { type StoresOnPostgres, storesOnPostgres } from './open_postgres.ts'
import { saveLaws } from './save_laws.ts'
import { twoSavers } from './two_savers.ts'

let stores: StoresOnPostgres
beforeAll(async () => {
  stores = await storesOnPostgres()
})
afterAll(() => stores?.stop())

saveLaws('PostgreSQL', () => stores.open(), 100)
twoSavers(() => stores)
