import { createRoute, z } from '@hono/zod-openapi'
import { stringify } from 'csv-stringify/sync'
import type { MiddlewareHandler } from 'hono'
import { newApi } from '../gate/api.ts'
import { READS, refuses } from '../gate/describe.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { pages, streamText } from '../gate/stream_text.ts'
import type { Database } from '../store/database.ts'
import { readSql } from '../store/read_sql.ts'
import { NarrowingQuery, readRange } from './range.ts'

type Row = Record<string, unknown>
type Format = keyof typeof FORMATS

/** What can be taken home, and the columns of its key, by which it is read page by page. */
const EXPORTS = {
  sessions: ['id'],
  events: ['session_id', 'id'],
  leads: ['id'],
} as const
/** A short transaction each, so that a long export holds nobody up. */
const PAGE = 1_000

/** A spreadsheet runs a text that begins so (https://owasp.org/www-community/attacks/CSV_Injection); csv-stringify lacks the line feed. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

const FORMATS = {
  csv: {
    type: 'text/csv; charset=utf-8',
    write: (rows: Row[], first: boolean) =>
      stringify(rows, {
        header: first,
        cast: {
          string: text => (FORMULA.test(text) ? `'${text}` : text),
          date: date => date.toISOString(),
          boolean: yes => String(yes),
        },
      }),
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    write: (rows: Row[]) => rows.map(row => `${JSON.stringify(row)}\n`).join(''),
  },
}

/** Sessions, events and messages as files. */
export function exportRoutes({
  database,
  asker,
}: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
}) {
  const routes = newApi<OwnerEnv>()
  for (const [what, key] of Object.entries(EXPORTS))
    for (const format of Object.keys(FORMATS) as Format[]) {
      const sql = readSql(`src/reports/export_${what}.sql`)
      const { type, write } = FORMATS[format]
      routes.openapi(
        createRoute({
          method: 'get',
          path: `/api/campaigns/{id}/export/${what}.${format}`,
          security: READS,
          middleware: asker,
          request: { params: z.object({ id: z.guid() }), query: NarrowingQuery },
          responses: {
            200: {
              description: `All ${what} of the range`,
              content: { [type.split(';')[0]!]: { schema: z.string() } },
            },
            ...refuses('invalid', 'not_found'),
          },
        }),
        async c => {
          const { id } = c.req.valid('param')
          const given = c.req.valid('query')
          const who = owner(c)
          const { since, before } = await database.as(who, query => readRange(query, id, given))
          const read = (after: Row | null) =>
            database.as(who, query =>
              query(sql, [
                id,
                since,
                before,
                given.link ?? null,
                PAGE,
                ...key.map(column => after?.[column] ?? null),
              ]),
            )
          return c.body(streamText(file(pages(read, PAGE), write)), 200, {
            'Content-Type': type,
            'Content-Disposition': `attachment; filename="${what}.${format}"`,
          })
        },
      )
    }
  return routes
}

async function* file(from: AsyncGenerator<Row[]>, write: (rows: Row[], first: boolean) => string) {
  let first = true
  for await (const rows of from) {
    yield write(rows, first)
    first = false
  }
}
