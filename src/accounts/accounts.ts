import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { newApi } from '../gate/api.ts'
import type { Gate } from '../gate/gate.ts'
import type { OwnerEnv } from '../gate/owner.ts'
import type { Database } from '../store/database.ts'
import { createAsker } from './asker.ts'
import { createAuth } from './auth.ts'
import { needsOwner } from './first_owner.ts'
import { invitationRoutes } from './invitation_routes.ts'
import { loginRoutes } from './login_routes.ts'
import { meRoutes } from './me_routes.ts'
import { mineRoutes } from './mine_routes.ts'
import { ownersEver } from './owners.ts'
import { setupCode } from './setup_code.ts'
import { setupRoutes } from './setup_routes.ts'
import { tokenRoutes } from './token_routes.ts'
import { type WhoAsks, whoAsks } from './who_asks.ts'

export interface Accounts {
  routes: OpenAPIHono
  /** sets `owner_id`, or refuses with 401 or 403 */
  asker: MiddlewareHandler<OwnerEnv>
  /** the owner who is logged in by cookie, for pages that anyone may open; null for everybody else */
  ownerOf(c: Context): Promise<string | null>
  bringsLogin: WhoAsks['bringsLogin']
  setupCode(): Promise<string>
  needsOwner(): Promise<boolean>
}

/** Who is who: set-up, login, tokens, and the check that stands before every owner's route. */
export function createAccounts(parts: {
  pool: Pool
  database: Database
  gate: Gate
  secret: string
  baseUrl: string
  signUp: 'open' | 'closed'
  log: Logger
}): Accounts {
  const { pool, database, secret, baseUrl } = parts
  const auth = createAuth(parts)
  const who = whoAsks(auth, database)
  const asker = createAsker(who, baseUrl)
  const routes = newApi()
  routes.route('/', setupRoutes({ ...parts, auth }))
  routes.route('/', loginRoutes({ ...parts, auth, who }))
  routes.route('/', meRoutes({ pool, database, asker }))
  const atTheStudio = createAsker(who, baseUrl, true)
  routes.route('/', tokenRoutes({ database, asker: atTheStudio }))
  routes.route('/', invitationRoutes({ ...parts, asker: atTheStudio }))
  routes.route('/', mineRoutes({ ...parts, asker }))
  return {
    routes,
    asker,
    async ownerOf(c) {
      const asking = await who.asking(c)
      return asking?.by === 'cookie' ? asking.owner_id : null
    },
    bringsLogin: who.bringsLogin,
    setupCode: async () => setupCode(secret, await ownersEver(database)),
    needsOwner: () => needsOwner(pool),
  }
}
