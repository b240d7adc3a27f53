import { createRoute, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { OpenItem, SessionItem } from '../contract/shapes.ts'
import { VERDICTS } from '../contract/words.ts'
import { newApi } from '../gate/api.ts'
import { answers, refuses, refusesJson, takes, WRITES } from '../gate/describe.ts'
import { jsonBody } from '../gate/json_body.ts'
import { type OwnerEnv, owner, serving } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { type Database, LIMIT_MS } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { asOpen, asSession, type OpenRow, type SessionRow } from './session_row.ts'

const ONE_SESSION = readSql('src/reports/session.sql')
const ONE_OPEN = readSql('src/reports/open.sql')
const Id = z.object({ id: z.guid() })
const SessionId = Id.extend({ sid: z.guid() })
const OpenId = Id.extend({ oid: z.guid() })
/** null takes the owner's word back: the rule judges again */
const Word = z.object({ verdict: z.enum(VERDICTS).nullable() }).nullable()

const noSession = () => new Refusal('not_found', 'There is no such session.')
const noOpen = () => new Refusal('not_found', 'There is no such open.')

/** The owner's own word on what came, and its erasure. Figures follow at once. */
export function verdictRoutes({
  database,
  asker,
}: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
}) {
  const act = async (c: Context<OwnerEnv>, call: string, values: unknown[]) => {
    const [row] = await database.as(
      serving(c),
      query => query<{ done: boolean }>(`select ${call} as done`, [c.var.owner_id, ...values]),
      LIMIT_MS.erasure,
    )
    return row?.done ?? false
  }
  const overrule = (c: Context<OwnerEnv>, values: unknown[]) =>
    act(c, 'internal.overrule($1, $2, $3, $4, $5)', values)
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'put',
        path: '/api/campaigns/{id}/sessions/{sid}/verdict',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: SessionId, body: takes(Word) },
        responses: {
          200: answers(SessionItem, 'As it counts now'),
          ...refusesJson('not_found'),
        },
      }),
      async c => {
        const { id, sid } = c.req.valid('param')
        const word = c.req.valid('json')?.verdict ?? null
        if (!(await overrule(c, [id, 'session', sid, word]))) throw noSession()
        const [row] = await database.as(owner(c), query => query<SessionRow>(ONE_SESSION, [id, sid]))
        if (!row) throw noSession()
        return c.json(asSession(row), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/api/campaigns/{id}/opens/{oid}/verdict',
        security: WRITES,
        middleware: [asker, jsonBody()] as const,
        request: { params: OpenId, body: takes(Word) },
        responses: { 200: answers(OpenItem, 'As it counts now'), ...refusesJson('not_found') },
      }),
      async c => {
        const { id, oid } = c.req.valid('param')
        const word = c.req.valid('json')?.verdict ?? null
        if (!(await overrule(c, [id, 'open', oid, word]))) throw noOpen()
        const [row] = await database.as(owner(c), query => query<OpenRow>(ONE_OPEN, [id, oid]))
        if (!row) throw noOpen()
        return c.json(asOpen(row), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/api/campaigns/{id}/sessions/{sid}',
        security: WRITES,
        middleware: asker,
        request: { params: SessionId },
        responses: {
          204: { description: 'Erased for good; what arrives late for it is dropped' },
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id, sid } = c.req.valid('param')
        if (!(await act(c, 'internal.erase_session($1, $2, $3)', [id, sid]))) throw noSession()
        return c.body(null, 204)
      },
    )
}
