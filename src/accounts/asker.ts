import type { MiddlewareHandler } from 'hono'
import type { OwnerEnv } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { changes, requireSameOrigin } from './same_origin.ts'
import type { WhoAsks } from './who_asks.ts'

/**
 * Lets an owner's request through with `owner_id` set, and refuses everybody else.
 * @param cookieOnly for what only a person at the studio may do, such as making tokens
 */
export function createAsker(who: WhoAsks, baseUrl: string, cookieOnly = false): MiddlewareHandler<OwnerEnv> {
  return async (c, next) => {
    const asking = await who.asking(c)
    if (!asking)
      throw new Refusal('unauthenticated', 'Log in at /studio, or send a token as "Authorization: Bearer …".')
    if (asking.by === 'token' && cookieOnly)
      throw new Refusal('forbidden', 'A token cannot do this. Log in to the studio.')
    if (changes(c)) {
      if (asking.by === 'cookie') requireSameOrigin(c, baseUrl)
      else if (asking.scope !== 'write')
        throw new Refusal('forbidden', 'This token can only read. Make one with the scope "write".')
    }
    c.set('owner_id', asking.owner_id)
    c.set('version', asking.version)
    await next()
    // what an owner reads must not stay in a shared cache
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-store')
  }
}
