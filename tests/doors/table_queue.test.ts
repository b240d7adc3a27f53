import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableQueue } from '../../src/queue/table.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { queueDoor } from './queue.ts'

queueDoor('a table in the embedded database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-queue-'))
  const store = await openEmbedded(folder)
  await migrate(store.pool)
  return {
    open: async () => tableQueue(store.database),
    putBytes: async bytes =>
      void (await store.pool.query('insert into internal.inbox (body) values ($1)', [bytes])),
    stop: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})
