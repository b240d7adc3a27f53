import { tableQueue } from '../../src/queue/table.ts'
import { openTestEmbedded } from '../store/open_embedded.ts'
import { queueDoor } from './queue.ts'

queueDoor('a table in the embedded database', async () => {
  const store = await openTestEmbedded()
  return {
    open: async () => tableQueue(store.database),
    putBytes: async bytes =>
      void (await store.pool.query('insert into internal.inbox (body) values ($1)', [bytes])),
    stop: store.close,
  }
})
