import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Pool } from 'pg'
import { Name } from '../contract/line.ts'
import { Me } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { streamText } from '../gate/stream_text.ts'
import type { Database } from '../store/database.ts'
import { exportAccount } from './export_account.ts'

/** JSON Lines: a text, not one JSON value */
const JSONL: string = 'application/jsonl'
const ChangeMe = z.object({ name: Name.optional() })

/** The account of who asks. */
export function meRoutes(parts: { pool: Pool; database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  const { pool, database, asker } = parts
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/me',
        security: READS,
        middleware: asker,
        responses: { 200: answers(Me, 'Who is asking'), ...refuses() },
      }),
      async c => c.json(await readMe(pool, c.var.owner_id), 200),
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/api/me',
        security: WRITES,
        middleware: [asker, jsonBody(10_000)] as const,
        request: { body: takes(ChangeMe) },
        responses: { 200: answers(Me, 'As it is now'), ...refusesJson() },
      }),
      async c => {
        const { name } = c.req.valid('json')
        await pool.query(
          'update accounts."user" set name = coalesce($2, name), "updatedAt" = now() where id = $1',
          [c.var.owner_id, name ?? null],
        )
        return c.json(await readMe(pool, c.var.owner_id), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/me/export',
        security: READS,
        middleware: asker,
        responses: {
          200: {
            description: 'All that the account holds, one JSON object a line',
            content: { [JSONL]: { schema: z.string() } },
          },
          ...refuses(),
        },
      }),
      async c => {
        const me = await readMe(pool, c.var.owner_id)
        return c.body(streamText(exportAccount(database, owner(c), me)), 200, {
          'Content-Type': `${JSONL}; charset=utf-8`,
          'Content-Disposition': 'attachment; filename="pitchbeat.jsonl"',
        })
      },
    )
}

async function readMe(pool: Pool, owner_id: string): Promise<Me> {
  const { rows } = await pool.query('select id, name, email from accounts."user" where id = $1', [owner_id])
  if (!rows[0]) throw new Refusal('unauthenticated', 'This account does not exist any more.')
  return rows[0]
}
