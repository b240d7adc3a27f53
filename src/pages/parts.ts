import type { Context, MiddlewareHandler } from 'hono'
import type { SessionWindow } from '../contract/wire.ts'
import type { Gate } from '../gate/gate.ts'
import type { OwnerEnv } from '../gate/owner.ts'
import type { Queue } from '../queue/queue.ts'
import type { Database } from '../store/database.ts'

/** What the public pages are built with. */
export interface Parts {
  gate: Gate
  database: Database
  queue: Queue
  /** public address of this server, without a slash at its end */
  baseUrl: string
  window: SessionWindow
  /** the bundled tracker and the hash in its address */
  tracker: { script: string; hash: string }
  /** id of the owner who is logged in with this request's cookies, null for everybody else */
  ownerOf(c: Context): Promise<string | null>
  /** lets owners through, with `owner_id` set */
  asker: MiddlewareHandler<OwnerEnv>
}
