import { afterAll } from 'vitest'
import { type StoresOnPostgres, storesOnPostgres } from '../store/open_postgres.ts'
import { databaseDoor } from './database.ts'

let stores: StoresOnPostgres | undefined
afterAll(() => stores?.stop())

databaseDoor('PostgreSQL', async () => {
  stores = await storesOnPostgres()
  return stores.open()
})
