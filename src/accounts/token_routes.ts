import { randomBytes } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Name } from '../contract/line.ts'
import { NewToken, Token } from '../contract/shapes.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { newApi } from '../gate/api.ts'
import { AT_THE_STUDIO, answers, refuses, refusesJson, takes } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner, serving } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import type { Database } from '../store/database.ts'
import { tokenHash } from './who_asks.ts'

const MakeToken = z.object({
  name: Name,
  scope: z.enum(['read', 'write']).default('read'),
})
const Tokens = z.object({ items: z.array(Token), next: z.string().nullable() })
const COLUMNS = 'id, name, scope, created_at, last_used_at'
type Row = Omit<Token, 'created_at' | 'last_used_at'> & { created_at: Date; last_used_at: Date | null }

const asToken = (row: Row): Token => ({
  ...row,
  created_at: row.created_at.toISOString(),
  last_used_at: row.last_used_at?.toISOString() ?? null,
})

/** Tokens for programs. Only a person at the studio makes or ends them; the hash alone is stored. */
export function tokenRoutes(parts: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  const { database, asker } = parts
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/tokens',
        security: AT_THE_STUDIO,
        middleware: asker,
        responses: { 200: answers(Tokens, 'Tokens, newest first'), ...refuses() },
      }),
      async c => {
        const rows = await database.as(owner(c), query =>
          query<Row>(`select ${COLUMNS} from pitchbeat.tokens order by id desc limit 1000`),
        )
        return c.json({ items: rows.map(asToken), next: null }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/tokens',
        security: AT_THE_STUDIO,
        middleware: [asker, jsonBody(10_000)] as const,
        request: { body: takes(MakeToken) },
        responses: { 201: answers(NewToken, 'The token, shown once'), ...refusesJson() },
      }),
      async c => {
        const { name, scope } = c.req.valid('json')
        const token = `pb_${randomBytes(24).toString('base64url')}`
        const [row] = await database.as(owner(c), query =>
          query<Row>(
            `insert into pitchbeat.tokens (id, name, scope, hash) values ($1, $2, $3, $4) returning ${COLUMNS}`,
            [uuidv7(), name, scope, tokenHash(token)],
          ),
        )
        return c.json({ ...asToken(row!), token }, 201)
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/api/tokens/{id}',
        security: AT_THE_STUDIO,
        middleware: asker,
        request: { params: z.object({ id: z.guid() }) },
        responses: { 204: { description: 'Ended' }, ...refuses('invalid', 'not_found') },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const [row] = await database.as(serving(c), query =>
          query('select internal.delete_token($1, $2) as done', [c.var.owner_id, id]),
        )
        if (!row?.done) throw new Refusal('not_found', 'There is no such token.')
        return c.body(null, 204)
      },
    )
}
