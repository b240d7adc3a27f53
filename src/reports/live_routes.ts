import { createHash } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Live } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses } from '../gate/describe.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import type { Database } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'

const LIVE = readSql('src/reports/live.sql')

/** Who reads now. Polled every second, so it answers 304 as long as nothing was heard. */
export function liveRoutes({ database, asker }: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  return newApi<OwnerEnv>().openapi(
    createRoute({
      method: 'get',
      path: '/api/live',
      security: READS,
      middleware: asker,
      responses: {
        200: answers(Live, 'Who reads at this moment, in all campaigns'),
        304: { description: 'Nothing was heard since' },
        ...refuses(),
      },
    }),
    async c => {
      const [row] = await database.as(owner(c), query =>
        query<Pick<Live, 'items' | 'heard'> & { heard_at: Date | null }>(LIVE),
      )
      const { items, heard, heard_at } = row!
      const told = { items, heard, heard_at: heard_at?.toISOString() ?? null }
      const etag = `"${createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 22)}"`
      c.header('ETag', etag)
      c.header('Cache-Control', 'private, no-cache')
      if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304)
      return c.json({ ...told, as_of: new Date().toISOString() }, 200)
    },
  )
}
