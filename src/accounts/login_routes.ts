import { Hono } from 'hono'
import type { Gate } from '../gate/gate.ts'
import { parseJson } from '../gate/json.ts'
import { readText } from '../gate/json_body.ts'
import { Refusal } from '../gate/problem.ts'
import type { Auth } from './auth.ts'
import { changes, requireSameOrigin } from './same_origin.ts'
import type { WhoAsks } from './who_asks.ts'

const BODY_MAX = 20_000

/** `/api/auth/*`: the login library's own routes, behind our limit and our check of where a request comes from. */
export function loginRoutes(parts: {
  auth: Auth
  gate: Gate
  who: WhoAsks
  baseUrl: string
  signUp: 'open' | 'closed'
}) {
  const { auth, gate, who, baseUrl, signUp } = parts
  const limit = gate.limit('login')
  return new Hono().on(['GET', 'POST'], '/api/auth/*', async c => {
    if (!changes(c)) return auth.handler(c.req.raw)
    await limit(c, async () => {})
    // A program without cookies may log in; a browser says where it comes from, and a stranger's page may not.
    if (c.req.header('cookie') || c.req.header('origin') || c.req.header('sec-fetch-site'))
      requireSameOrigin(c, baseUrl)
    if (c.req.path.startsWith('/api/auth/sign-up') && signUp !== 'open')
      throw new Refusal('forbidden', 'This Pitchbeat does not take new accounts.')
    const request = await cleaned(c.req.raw)
    try {
      return await auth.handler(request)
    } finally {
      who.forget()
    }
  })
}

/** The library reads bodies of any size and passes on what PostgreSQL cannot hold; so it gets them checked. */
async function cleaned(request: Request): Promise<Request> {
  const text = await readText(request, BODY_MAX)
  const { url, method, headers } = request
  if (text === '') return new Request(url, { method, headers })
  const sent = new Headers(headers)
  sent.delete('content-length')
  return new Request(url, { method, headers: sent, body: JSON.stringify(parseJson(text)) })
}
