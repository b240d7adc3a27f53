import { randomBytes } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { MineCode } from '../contract/shapes.ts'
import { newApi } from '../gate/api.ts'
import { ANYONE, answers, refuses, WRITES } from '../gate/describe.ts'
import type { Gate } from '../gate/gate.ts'
import { COOKIE_MAX_AGE_S, MINE_COOKIE, mineCookie, openMineCookie } from '../gate/mine.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { secureCookies } from '../gate/secure_cookies.ts'
import type { Database } from '../store/database.ts'
import { minePage } from './mine_page.ts'
import { requireSameOrigin } from './same_origin.ts'
import { tokenHash } from './who_asks.ts'

const VALID_MS = 10 * 60_000
/** The same mark where this page can see it: the other one is sent to `/p` only. */
const MARK_COOKIE = 'pb_marked'

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
      security: WRITES,
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
  const redeem = async (c: Context, replace: boolean) => {
    const code = c.req.param('code')!
    const marked = openMineCookie(getCookie(c, MARK_COOKIE), gate.secrets)
    const [found] = await database.as({ role: 'service_role' }, query =>
      query<{ owner_id: string; redeemed: boolean }>('select * from internal.redeem_mine_code($1, $2)', [
        tokenHash(code),
        replace ? null : marked,
      ]),
    )
    if (!found)
      return minePage(
        c,
        410,
        'This code is no longer valid',
        'It was used already, or is older than ten minutes. Ask the studio for a new one.',
      )
    if (!found.redeemed)
      return minePage(
        c,
        409,
        'This device is marked as another owner’s',
        'If you go on, visits from here count as readers for that owner, and no longer for you.',
        'Mark it as mine',
      )
    const value = mineCookie(found.owner_id, gate.secrets[0])
    for (const [name, path] of [
      [MINE_COOKIE, '/p'],
      [MARK_COOKIE, '/mine'],
    ] as const)
      setCookie(c, name, value, {
        path,
        maxAge: COOKIE_MAX_AGE_S,
        httpOnly: true,
        sameSite: 'Lax',
        secure: secureCookies(baseUrl),
      })
    return c.redirect('/mine/done', 303)
  }
  routes.get('/mine/:code', gate.limit('login'), async c =>
    // a HEAD is a program that looks at an address: it must not use the code up
    c.req.method === 'HEAD' ? c.body(null, 200, { 'Cache-Control': 'no-store' }) : redeem(c, false),
  )
  routes.post('/mine/:code', gate.limit('login'), async c => {
    requireSameOrigin(c, baseUrl)
    return redeem(c, true)
  })
  const page = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } })
  const { 429: busy, 503: away } = refuses('too_many_requests')
  const about = {
    path: '/mine/{code}',
    security: ANYONE,
    request: { params: z.object({ code: z.string() }) },
  }
  const responses = {
    303: { description: 'Kept in the cookie `pb_mine`; on to the page that says so' },
    410: page('Used already, or older than ten minutes'),
    429: busy!,
    503: away!,
  }
  routes.openAPIRegistry.registerPath({
    ...about,
    method: 'get',
    summary: 'Make the device that opens this the owner’s',
    responses: {
      ...responses,
      409: page('The device is marked as another owner’s: asks before it replaces that'),
    },
  })
  routes.openAPIRegistry.registerPath({
    ...about,
    method: 'post',
    summary: 'Make the device the owner’s although it is marked as another’s',
    responses: { ...responses, 403: refuses()[403]! },
  })
  return routes
}
