import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Pool } from 'pg'
import { EMAIL_MAX } from '../contract/limits.ts'
import { SignUp } from '../contract/shapes.ts'
import type { Gate } from '../gate/gate.ts'
import { parseJson } from '../gate/json.ts'
import { readText } from '../gate/json_body.ts'
import { DEVICE_COOKIE, isKnownDevice, withDevice } from '../gate/known_device.ts'
import { COOKIE_MAX_AGE_S } from '../gate/mine.ts'
import { invalid, Refusal } from '../gate/problem.ts'
import { secureCookies } from '../gate/secure_cookies.ts'
import type { Database } from '../store/database.ts'
import type { Auth } from './auth.ts'
import { redeemInvitation } from './invitation_routes.ts'
import { endLogins } from './owners.ts'
import { changes, requireSameOrigin } from './same_origin.ts'
import type { WhoAsks } from './who_asks.ts'

const BODY_MAX = 20_000

/** All that is served of the login library; its other routes answer 404. */
const ROUTES = [
  'GET /get-session',
  'POST /sign-in/email',
  'POST /sign-up/email',
  'POST /sign-out',
  'POST /change-password',
  'POST /revoke-sessions',
  'POST /request-password-reset',
  'POST /reset-password',
  'POST /delete-user',
]

type Body = Record<string, unknown>

/** `/api/auth/*`: the login library's own routes, behind our limit and our check of where a request comes from. */
export function loginRoutes(parts: {
  pool: Pool
  database: Database
  auth: Auth
  gate: Gate
  who: WhoAsks
  baseUrl: string
  signUp: 'open' | 'closed'
}) {
  const { pool, database, auth, gate, who, baseUrl, signUp } = parts
  const limit = gate.limit('login')
  const routes = new Hono()
  for (const route of ROUTES) {
    const [method, path] = route.split(' ') as [string, string]
    routes.on(method, `/api/auth${path}`, async c => {
      if (!changes(c)) return auth.handler(c.req.raw)
      await limit(c, async () => {})
      // A program without cookies may log in; a browser says where it comes from, and a stranger's page may not.
      if (c.req.header('cookie') || c.req.header('origin') || c.req.header('sec-fetch-site'))
        requireSameOrigin(c, baseUrl)
      if (path === '/sign-up/email' && signUp !== 'open')
        throw new Refusal('forbidden', 'This Pitchbeat does not take new accounts.')
      const body = await readBody(c.req.raw)
      if (path === '/delete-user') return auth.handler(withBody(c.req.raw, { password: passwordOf(body) }))
      if (path === '/change-password') {
        const answer = await auth.handler(withBody(c.req.raw, { ...body, revokeOtherSessions: true }))
        if (answer.ok) {
          const { user, token } = (await answer.clone().json()) as { user: { id: string }; token: string }
          await endLogins(pool, user.id, { keep: token, tokens: body?.revokeTokens === true })
        }
        return answer
      }
      if (path === '/revoke-sessions') {
        const asking = await who.asking(c)
        const answer = await auth.handler(withBody(c.req.raw, body))
        if (answer.ok && asking) await endLogins(pool, asking.owner_id)
        return answer
      }
      if (path === '/sign-in/email') return signIn(c, body)
      if (path === '/sign-up/email') return makeAccount(c, body)
      return auth.handler(withBody(c.req.raw, body))
    })
  }
  return routes

  /**
   * Makes the account of who was invited. An address that has one already is not told apart from anything else that keeps
   * the library from making it, and the code is used up: nobody asks for one address after the other.
   */
  async function makeAccount(c: Context, body: Body | undefined): Promise<Response> {
    const given = SignUp.safeParse(body ?? {})
    if (!given.success) throw invalid(given.error.issues)
    const { invitation, ...account } = given.data
    if (!(await redeemInvitation(database, invitation)))
      throw new Refusal(
        'forbidden',
        'This invitation was used already, is older than seven days, or never was one. Ask whoever invited you for another.',
      )
    const answer = await auth.handler(withBody(c.req.raw, account))
    if (answer.status === 422)
      throw new Refusal(
        'forbidden',
        'No account was made. If you have one, log in; otherwise ask for another invitation.',
      )
    return answer
  }

  /** Counts the try for the account as well, and makes the device one that its owner is known by. */
  async function signIn(c: Context, body: Body | undefined): Promise<Response> {
    // no address is longer, and each is a key in memory
    const email = typeof body?.email === 'string' ? body.email.slice(0, EMAIL_MAX) : ''
    const device = getCookie(c, DEVICE_COOKIE)
    const wasRight = await gate.passAccount(email, isKnownDevice(device, email, gate.secrets))
    c.res = await auth.handler(withBody(c.req.raw, body))
    if (!c.res.ok) return c.res
    wasRight()
    setCookie(c, DEVICE_COOKIE, withDevice(device, email, gate.secrets[0]), {
      path: '/api/auth',
      maxAge: COOKIE_MAX_AGE_S,
      httpOnly: true,
      sameSite: 'Lax',
      secure: secureCookies(baseUrl),
    })
    return c.res
  }
}

/** The library deletes an account without its password while the login is young. */
function passwordOf(body: Body | undefined): string {
  const password = body?.password
  if (typeof password === 'string' && password !== '') return password
  throw new Refusal('invalid', '/password: deleting the account asks for the password.', {
    errors: [{ pointer: '/password', message: 'must be the password of the account' }],
  })
}

/** The library reads bodies of any size and passes on what PostgreSQL cannot hold; so it gets them checked. */
async function readBody(request: Request): Promise<Body | undefined> {
  const text = await readText(request, BODY_MAX)
  return text === '' ? undefined : (parseJson(text) as Body)
}

function withBody({ url, method, headers }: Request, body: Body | undefined): Request {
  if (body === undefined) return new Request(url, { method, headers })
  const sent = new Headers(headers)
  sent.delete('content-length')
  return new Request(url, { method, headers: sent, body: JSON.stringify(body) })
}
