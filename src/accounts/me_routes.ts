import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Pool } from 'pg'
import { Me } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, refuses, refusesJson, takes } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import type { OwnerEnv } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import type { Auth } from './auth.ts'

const ChangeMe = z.object({ name: z.string().trim().min(1).max(200).optional() })

/** The account of who asks. */
export function meRoutes(parts: { pool: Pool; auth: Auth; asker: MiddlewareHandler<OwnerEnv> }) {
  const { pool, auth, asker } = parts
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/me',
        middleware: asker,
        responses: { 200: answers(Me, 'Who is asking'), ...refuses() },
      }),
      async c => {
        // The studio asks this when it opens: here the login is prolonged, once a day.
        if (!c.req.header('authorization')) {
          const { headers } = await auth.api.getSession({ headers: c.req.raw.headers, returnHeaders: true })
          for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
        }
        return c.json(await readMe(pool, c.var.owner_id), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/api/me',
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
}

async function readMe(pool: Pool, owner_id: string): Promise<Me> {
  const { rows } = await pool.query('select id, name, email from accounts."user" where id = $1', [owner_id])
  if (!rows[0]) throw new Refusal('unauthenticated', 'This account does not exist any more.')
  return rows[0]
}
