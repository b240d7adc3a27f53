import { randomBytes } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { Invitation, Invitations } from '../contract/shapes.ts'
import { DAY_MS } from '../contract/timings.ts'
import { newApi } from '../gate/api.ts'
import { AT_THE_STUDIO, answers, refuses } from '../gate/describe.ts'
import { type OwnerEnv, owner } from '../gate/owner.ts'
import { Refusal } from '../gate/problem.ts'
import { plainCode, readableCode } from '../gate/readable_code.ts'
import type { Database } from '../store/database.ts'
import { tokenHash } from './who_asks.ts'

const VALID_MS = 7 * DAY_MS

/** Codes by which owners let others make an account, where SIGN_UP is open; until letters can be sent, nothing else does. */
export function invitationRoutes(parts: {
  database: Database
  asker: MiddlewareHandler<OwnerEnv>
  signUp: 'open' | 'closed'
}) {
  const { database, asker, signUp } = parts
  return newApi<OwnerEnv>()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/invitations',
        security: AT_THE_STUDIO,
        middleware: asker,
        responses: { 200: answers(Invitations, 'Whether an invitation makes an account here'), ...refuses() },
      }),
      async c => c.json({ open: signUp === 'open' }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/invitations',
        security: AT_THE_STUDIO,
        middleware: asker,
        responses: {
          201: answers(Invitation, 'A code that makes one account within seven days, shown once'),
          ...refuses('conflict'),
        },
      }),
      async c => {
        if (signUp !== 'open')
          throw new Refusal(
            'conflict',
            'This Pitchbeat takes no new accounts. Its operator can set SIGN_UP=open.',
          )
        const code = readableCode(randomBytes(12))
        const expires = new Date(Date.now() + VALID_MS)
        await database.as(owner(c), query =>
          query('insert into pitchbeat.invitations (hash, expires_at) values ($1, $2)', [
            tokenHash(plainCode(code)),
            expires,
          ]),
        )
        return c.json({ code, expires_at: expires.toISOString() }, 201)
      },
    )
}

/** @returns whether the code invited somebody; it serves no second time */
export async function redeemInvitation(database: Database, code: string): Promise<boolean> {
  const [row] = await database.as({ role: 'service_role' }, query =>
    query<{ done: boolean }>('select internal.redeem_invitation($1) as done', [tokenHash(plainCode(code))]),
  )
  return row!.done
}
