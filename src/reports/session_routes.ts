import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { OpenItem, SessionItem, SessionStory } from '../contract/shapes.ts'
import type { OpenSort, SessionSort } from '../contract/sorts.ts'
import { FLAGS, VERDICTS } from '../contract/words.ts'
import { newApi } from '../gate/api.ts'
import { answers, READS, refuses } from '../gate/describe.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { listOf } from '../gate/page_of.ts'
import { Refusal } from '../gate/problem.ts'
import { BACKWARDS, isForwards } from '../gate/range.ts'
import { someOf } from '../gate/some_of.ts'
import { inOrder, readPlace, type SortKey, sortedPage, sortedQuery } from '../gate/sorted_list.ts'
import { yesNo } from '../gate/yes_no.ts'
import type { Database, Query } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { Narrowing, readRange } from './range.ts'
import { asOpen, asSession, asStep, type OpenRow, type SessionRow, type StoryRow } from './session_row.ts'

const SESSIONS = readSql('src/reports/sessions.sql')
const ONE_SESSION = readSql('src/reports/session.sql')
const STORY = readSql('src/reports/story.sql')
const OPENS = readSql('src/reports/opens.sql')

/** By the label of the link, which stands in another table. */
const LINK = { by: 'n.name collate "C"', as: 'text', names: 'join names n on n.id = link_id' } as const
type Sort = SortKey & { names?: string }
const SESSION_SORTS: Record<SessionSort, Sort> = {
  started: { by: 's.started_at', as: 'time' },
  link: LINK,
  time: { by: 's.credited_ms', as: 'number' },
}
const OPEN_SORTS: Record<OpenSort, Sort> = { at: { by: 'o.at', as: 'time' }, link: LINK }
const sorted = (statement: string, key: Sort, order: 'asc' | 'desc') =>
  inOrder(statement.replace('{names}', key.names ?? ''), key, order)
const SessionsQuery = sortedQuery(SESSION_SORTS, { sort: 'started', order: 'desc' })
  .extend({ ...Narrowing.shape, flag: someOf(FLAGS), verdict: someOf(VERDICTS), private: yesNo })
  .refine(isForwards, BACKWARDS)
const OpensQuery = sortedQuery(OPEN_SORTS, { sort: 'at', order: 'desc' })
  .extend({ ...Narrowing.shape, verdict: someOf(VERDICTS), claimed: yesNo, private: yesNo })
  .refine(isForwards, BACKWARDS)
/** A row with its place in the list. */
type Listed<Row> = Row & { key: string }
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
        security: READS,
        middleware: asker,
        request: { params: Id, query: SessionsQuery },
        responses: {
          200: answers(listOf(SessionItem), 'Sessions of every verdict, latest first unless asked otherwise'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const given = c.req.valid('query')
        const { flag = null, verdict = null, link = null, q = null } = given
        const key = SESSION_SORTS[given.sort]
        const place = readPlace(key, given)
        const rows = await database.as(owner(c), async query => {
          const { since, before } = await readRange(query, id, given)
          const narrow = [id, since, before, link, flag, verdict, q]
          return query<Listed<SessionRow>>(sorted(SESSIONS, key, given.order), [
            ...narrow,
            ...place,
            given.limit + 1,
            given.private ?? null,
          ])
        })
        return c.json(sortedPage(rows, given, asSession), 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/campaigns/{id}/sessions/{sid}',
        security: READS,
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
        security: READS,
        middleware: asker,
        request: { params: Id, query: OpensQuery },
        responses: {
          200: answers(listOf(OpenItem), 'Opens of every verdict, latest first unless asked otherwise'),
          ...refuses('invalid', 'not_found'),
        },
      }),
      async c => {
        const { id } = c.req.valid('param')
        const given = c.req.valid('query')
        const { verdict = null, link = null, claimed = null, q = null } = given
        const key = OPEN_SORTS[given.sort]
        const place = readPlace(key, given)
        const rows = await database.as(owner(c), async query => {
          const { since, before } = await readRange(query, id, given)
          const narrow = [id, since, before, link, verdict, claimed, q]
          return query<Listed<OpenRow>>(sorted(OPENS, key, given.order), [
            ...narrow,
            ...place,
            given.limit + 1,
            given.private ?? null,
          ])
        })
        return c.json(sortedPage(rows, given, asOpen), 200)
      },
    )
}
