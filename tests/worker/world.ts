import { pino } from 'pino'
import type { BatchEntry, Entry } from '../../src/contract/entry.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { tableQueue } from '../../src/queue/table.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { openTestEmbedded } from '../store/open_embedded.ts'

export const silentLog = pino({ level: 'silent' })

/** The embedded store with one campaign and one link, and its table queue. */
export async function openWorld() {
  const store = await openTestEmbedded()
  const { rows } = await store.pool.query(`
    with p as (insert into pitchbeat.projects (owner_id, name) values ('owner', 'Job search') returning id),
    c as (insert into pitchbeat.campaigns (owner_id, project_id, title) select 'owner', id, 'Pitch' from p returning id)
    insert into pitchbeat.links (campaign_id, slug) select id, 'acme-x1y2' from c returning campaign_id, id as link_id`)
  const { campaign_id, link_id } = rows[0] as { campaign_id: string; link_id: string }
  const queue = tableQueue(store.database)
  return {
    store,
    queue,
    database: store.database,
    campaign_id,
    link_id,
    /** a batch of one view and one event of a new session */
    batch: (changes: Partial<BatchEntry['body']> = {}) => batchAt(campaign_id, link_id, changes),
    async empty() {
      await store.pool.query(`truncate internal.sessions, internal.views, internal.view_parts, internal.events,
        internal.opens, internal.inbox, internal.dead_letters, internal.tally`)
    },
    async close() {
      await queue.close()
      await store.close()
    },
  }
}
export type World = Awaited<ReturnType<typeof openWorld>>

function batchAt(campaign_id: string, link_id: string, changes: Partial<BatchEntry['body']>): BatchEntry {
  const now = Date.now()
  const view = uuidv7(now)
  return {
    kind: 'batch',
    received_at: now,
    campaign_id,
    link_id,
    open_id: null,
    served_at: now - 20_000,
    flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
    private: false,
    ua: { class: 'person', device: 'desktop', browser: 'Firefox', os: 'Linux', hash: 'a'.repeat(64) },
    body: {
      session: uuidv7(now),
      state: 'reading',
      input: true,
      automated: false,
      views: [{ id: view, page: 'summary', active_ms: 12_000, scroll: 40, parts: {} }],
      events: [{ id: uuidv7(now), type: 'cta_click', view, ago_ms: 1_000, label: 'Call me' }],
      ...changes,
    },
  }
}

/** An entry that PostgreSQL refuses as data: text with a NUL in it (22021). */
export function poison(world: World): Entry {
  return world.batch({ views: [{ id: uuidv7(), page: 'a\0b', active_ms: 1, scroll: 0, parts: {} }] })
}

export async function storedSessions({ store }: { store: Store }): Promise<string[]> {
  const { rows } = await store.pool.query('select id from internal.sessions order by id')
  return rows.map(row => row.id as string)
}

/** The database as it is, but `before` may throw in front of each transaction. */
export function troubled(database: Database, before: () => void): Database {
  return {
    ...database,
    as(who, work, limitMs) {
      return database.as(
        who,
        query => {
          before()
          return work(query)
        },
        limitMs,
      )
    },
  }
}

/** A database error as the driver reports it. */
export const sqlError = (code: string) => Object.assign(new Error(`SQLSTATE ${code}`), { code })
