import { randomBytes } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { MineCode } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { answers, refuses } from '../gate/describe.ts'
import type { Gate } from '../gate/gate.ts'
import { MINE_COOKIE, MINE_MAX_AGE_S, mineCookie } from '../gate/mine.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { secureCookies } from '../gate/secure_cookies.ts'
import type { Database } from '../store/database.ts'
import { minePage } from './mine_page.ts'
import { tokenHash } from './who_asks.ts'

const VALID_MS = 10 * 60_000

/** "This device is mine": a code for the phone, so that the owner's own visits there are told apart. */
export function mineRoutes(parts: {
  database: Database
  gate: Gate
  asker: MiddlewareHandler<OwnerEnv>
  baseUrl: string
}) {
  const { database, gate, asker, baseUrl } = parts
  const routes = newApi<OwnerEnv>()
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/api/mine-codes',
      middleware: asker,
      responses: {
        201: answers(MineCode, 'An address to open once, within ten minutes, on the device'),
        ...refuses(),
      },
    }),
    async c => {
      const code = randomBytes(16).toString('base64url')
      const expires = new Date(Date.now() + VALID_MS)
      await database.as(owner(c), query =>
        query('insert into pitchbeat.mine_codes (hash, expires_at) values ($1, $2)', [
          tokenHash(code),
          expires,
        ]),
      )
      return c.json({ url: `${baseUrl}/mine/${code}`, expires_at: expires.toISOString() }, 201)
    },
  )
  routes.get('/mine/done', c =>
    minePage(
      c,
      200,
      'This device is yours',
      'What you open here no longer counts as a reader. You can close this page.',
    ),
  )
  routes.get('/mine/:code', gate.limit('login'), async c => {
    const [found] = await database.as({ role: 'service_role' }, query =>
      query<{ owner_id: string | null }>('select internal.redeem_mine_code($1) as owner_id', [
        tokenHash(c.req.param('code')),
      ]),
    )
    if (!found?.owner_id)
      return minePage(
        c,
        410,
        'This code is no longer valid',
        'It was used already, or is older than ten minutes. Ask the studio for a new one.',
      )
    setCookie(c, MINE_COOKIE, mineCookie(found.owner_id, gate.secrets[0]), {
      path: '/p',
      maxAge: MINE_MAX_AGE_S,
      httpOnly: true,
      sameSite: 'Lax',
      secure: secureCookies(baseUrl),
    })
    return c.redirect('/mine/done', 303)
  })
  const page = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } })
  const { 429: busy, 503: away } = refuses('too_many_requests')
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/mine/{code}',
    summary: 'Make the device that opens this the owner’s',
    request: { params: z.object({ code: z.string() }) },
    responses: {
      303: { description: 'Kept in the cookie `pb_mine`; on to the page that says so' },
      410: page('Used already, or older than ten minutes'),
      429: busy!,
      503: away!,
    },
  })
  return routes
}
