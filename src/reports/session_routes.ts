import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { OpenItem, SessionItem, SessionStory } from '../contract/shapes.ts'
import { FLAGS, VERDICTS } from '../contract/words.ts'
import { newApi } from '../gate/api.ts'
import { answers, refuses } from '../gate/describe.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { ListQuery, listOf, pageOf, readCursor } from '../gate/page_of.ts'
import { Refusal } from '../gate/problem.ts'
import { BACKWARDS, isForwards } from '../gate/range.ts'
import type { Database, Query } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { Narrowing, readRange } from './range.ts'
import { asOpen, asSession, asStep, type OpenRow, type SessionRow, type StoryRow } from './session_row.ts'

const SESSIONS = readSql('src/reports/sessions.sql')
const ONE_SESSION = readSql('src/reports/session.sql')
const STORY = readSql('src/reports/story.sql')
const OPENS = readSql('src/reports/opens.sql')

/** One value or several with commas between: `flag=actual,engaged` */
const some = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .max(200)
    .transform(text => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()
const SessionsQuery = ListQuery.extend({
  ...Narrowing.shape,
  flag: some(FLAGS),
  verdict: some(VERDICTS),
}).refine(isForwards, BACKWARDS)
const OpensQuery = ListQuery.extend({ ...Narrowing.shape, verdict: some(VERDICTS) }).refine(
  isForwards,
  BACKWARDS,
)
const Id = z.object({ id: z.guid() })
const SessionId = Id.extend({ sid: z.guid() })

/**
 * One session with its story.
 * @throws Refusal `not_found`
 */
export async function readStory(query: Query, campaign: string, session: string): Promise<SessionStory> {
  const [row] = await query<SessionRow>(ONE_SESSION, [campaign, session])
  if (!row) throw new Refusal('not_found', 'There is no such session.')
  const steps = await query<StoryRow>(STORY, [campaign, session])
  return { ...asSession(row), story: steps.map(asStep) }
}

/** Who came: sessions with their stories, and opens. */
export function sessionRoutes(parts: { database: Database; asker: MiddlewareHandler<OwnerEnv> }) {
  const { database, asker } = parts
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/sessions',
        middleware: asker,
        request: { params: Id, query: SessionsQuery },
        responses: {
          200: answers(listOf(SessionItem), 'Sessions of every verdict, latest first'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const { cursor, limit, flag, verdict, link, ...days } = c.req.valid('query')
        const before = readCursor(cursor)
        const rows = await database.as(owner(c), async query => {
          const range = await readRange(query, id, days)
          const narrow = [id, range.since, range.before, link ?? null, flag ?? null, verdict ?? null]
          return query<SessionRow>(SESSIONS, [...narrow, ...before, limit + 1])
        })
        return c.json(pageOf(rows, limit, asSession), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/sessions/{sid}',
        middleware: asker,
        request: { params: SessionId },
        responses: {
          200: answers(SessionStory, 'The session and what it did, in order'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id, sid } = c.req.valid('param')
        return c.json(await database.as(owner(c), query => readStory(query, id, sid)), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/opens',
        middleware: asker,
        request: { params: Id, query: OpensQuery },
        responses: {
          200: answers(listOf(OpenItem), 'Opens of every verdict, latest first'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const { cursor, limit, verdict, link, ...days } = c.req.valid('query')
        const before = readCursor(cursor)
        const rows = await database.as(owner(c), async query => {
          const range = await readRange(query, id, days)
          const narrow = [id, range.since, range.before, link ?? null, verdict ?? null]
          return query<OpenRow>(OPENS, [...narrow, ...before, limit + 1])
        })
        return c.json(pageOf(rows, limit, asOpen), 200)
      },
    )
}
