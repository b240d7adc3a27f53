import type { BatchEntry } from '../../src/contract/entry.ts'
import { tableQueue } from '../../src/queue/table.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { drain } from '../../src/worker/drain.ts'
import { batchEntry } from '../doors/queue_entries.ts'
import { runCommand } from '../servers/command.ts'
import { startPostgres } from '../servers/postgres.ts'
import { silentLog } from '../worker/world.ts'

/** An installation on PostgreSQL with one link, and what an operator and a worker do with it. */
export async function startInstallation() {
  const postgres = await startPostgres({ fsync: false })
  const url = await postgres.createDatabase('pitchbeat')
  const store = await openPostgres(url)
  await migrate(store.pool)
  const queue = tableQueue(store.database)
  const ask = async (text: string, values: unknown[] = []) => (await store.pool.query(text, values)).rows
  const [link] = await ask(`
    with p as (insert into pitchbeat.projects (owner_id, name) values ('owner', 'Job search') returning id),
    c as (insert into pitchbeat.campaigns (owner_id, project_id, title) select 'owner', id, 'Pitch' from p returning id)
    insert into pitchbeat.links (campaign_id, slug) select id, 'acme-x1y2' from c returning campaign_id, id as link_id`)
  return {
    queue,
    ask,
    batch: (changed: Partial<BatchEntry['body']> = {}) => {
      const entry = batchEntry(link)
      return { ...entry, body: { ...entry.body, ...changed } }
    },
    /** What a worker does, in this process. */
    save: () =>
      drain({
        queue,
        database: store.database,
        log: silentLog,
        budgetMs: 60_000,
        maxEntries: 10_000,
      }),
    command: (...args: string[]) =>
      runCommand(args, { DATABASE_URL: url, SECRET: 'a secret of an installation on PostgreSQL' }),
    async stop() {
      await queue.close()
      await store.close()
      await postgres.stop()
    },
  }
}
export type Installation = Awaited<ReturnType<typeof startInstallation>>
