import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'

/** Stores on one PostgreSQL, each in a database of its own. */
export interface StoresOnPostgres {
  server: Postgres
  /** A migrated store in a fresh database. */
  open(): Promise<Store>
  /** Another store on the database opened last: another process, as far as the database can tell. */
  reopen(): Promise<Store>
  stop(): Promise<void>
}

export async function storesOnPostgres(): Promise<StoresOnPostgres> {
  const server = await startPostgres({ fsync: false })
  let count = 0
  let last = ''
  const opened: Store[] = []
  const open = async (url: string) => {
    const store = await openPostgres(url, { max: 4 })
    opened.push(store)
    return store
  }
  return {
    server,
    async open() {
      last = await server.createDatabase(`store_${++count}`)
      const store = await open(last)
      await migrate(store.pool)
      return store
    },
    reopen: () => open(last),
    async stop() {
      await Promise.all(opened.map(store => store.close()))
      await server.stop()
    },
  }
}
