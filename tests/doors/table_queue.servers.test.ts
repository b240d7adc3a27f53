import { tableQueue } from '../../src/queue/table.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { startPostgres } from '../servers/postgres.ts'
import { queueDoor } from './queue.ts'

queueDoor('a table in PostgreSQL', async () => {
  const postgres = await startPostgres({ fsync: false })
  const url = await postgres.createDatabase('queue')
  const store = await openPostgres(url)
  await migrate(store.pool)
  const others: (() => Promise<void>)[] = []
  return {
    open: async () => {
      const own = await openPostgres(url)
      others.push(own.close)
      return tableQueue(own.database)
    },
    putBytes: async bytes =>
      void (await store.pool.query('insert into internal.inbox (body) values ($1)', [bytes])),
    stop: async () => {
      for (const close of [...others, store.close]) await close()
      await postgres.stop()
    },
  }
})
