import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Database, Owner } from '../store/database.ts'
import type { Auth } from './auth.ts'
import { ownerVersion } from './owners.ts'

/** Who a request comes from, and how it proved that. */
export interface Asking extends Owner {
  by: 'cookie' | 'token'
  scope: 'read' | 'write'
}

/** What is stored of a token, and what it is looked up by. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export interface WhoAsks {
  /** null: nobody who is known. A bad token is not made good by a cookie. */
  asking(c: Context): Promise<Asking | null>
  /** Whether the request brings a login at all, valid or not; asks no database. */
  bringsLogin(c: Context): Promise<boolean>
}

/**
 * Answers who asks, by `Authorization: Bearer` or by the login cookie. Nothing is remembered from one request to the
 * next: what ends a login or token holds in every process at once.
 */
export function whoAsks(auth: Auth, database: Database): WhoAsks {
  const loginCookie = async (c: Context) => getCookie(c, (await auth.$context).authCookies.sessionToken.name)
  return {
    bringsLogin: async c => (await loginCookie(c)) !== undefined,
    async asking(c) {
      const header = c.req.header('authorization')
      if (header) {
        const token = /^Bearer +(\S{1,200})$/i.exec(header)?.[1]
        return token ? byToken(token, database) : null
      }
      const cookie = await loginCookie(c)
      return cookie ? byCookie(c.req.raw.headers, auth, database) : null
    },
  }
}

async function byCookie(headers: Headers, auth: Auth, database: Database): Promise<Asking | null> {
  // GET /api/auth/get-session renews the cookie; here a renewal would be lost with the answer's headers
  const found = await auth.api
    .getSession({ headers, query: { disableRefresh: true } })
    .catch((failed: Error) => {
      // what the database said, in place of a 500 of the library's own
      throw failed.cause ?? failed
    })
  if (!found) return null
  const version = await ownerVersion(database, found.user.id)
  return version === null ? null : { owner_id: found.user.id, version, by: 'cookie', scope: 'write' }
}

async function byToken(token: string, database: Database): Promise<Asking | null> {
  const [found] = await database.as({ role: 'service_role' }, query =>
    query<Owner & { scope: 'read' | 'write' }>(
      'select owner_id, scope, version from internal.token_owner($1)',
      [tokenHash(token)],
    ),
  )
  return found ? { ...found, by: 'token' } : null
}
