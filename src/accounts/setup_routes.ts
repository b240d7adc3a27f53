import { createRoute } from '@hono/zod-openapi'
import type { Pool } from 'pg'
import { Me, Setup, SetupState } from '../contract/shapes.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { newApi } from '../gate/api.ts'
import { ANYONE, answers, only, takes } from '../gate/describe.ts'
import type { Gate } from '../gate/gate.ts'
import { jsonBody } from '../gate/json_body.ts'
import { Refusal } from '../gate/problem.ts'
import type { Database } from '../store/database.ts'
import type { Auth } from './auth.ts'
import { makeFirstOwner, needsOwner } from './first_owner.ts'
import { addOwner, ownersEver } from './owners.ts'
import { isSetupCode } from './setup_code.ts'

/** The first minute of a Pitchbeat: the code that the server printed makes its first owner. */
export function setupRoutes(parts: {
  pool: Pool
  database: Database
  gate: Gate
  auth: Auth
  secret: string
}) {
  const { pool, database, gate, auth, secret } = parts
  return newApi()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/setup',
        security: ANYONE,
        responses: {
          200: answers(SetupState, 'Whether the first owner is still missing'),
          ...only('unavailable'),
        },
      }),
      async c => c.json({ needs_owner: await needsOwner(pool) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/setup',
        security: ANYONE,
        middleware: [gate.limit('login'), jsonBody(10_000)] as const,
        request: { body: takes(Setup) },
        responses: {
          201: answers(Me, 'The first owner, logged in'),
          ...only(
            'invalid',
            'forbidden',
            'conflict',
            'too_large',
            'unsupported_media_type',
            'too_many_requests',
            'unavailable',
          ),
        },
      }),
      async c => {
        const { code, name, email, password, time_zone } = c.req.valid('json')
        const done = new Refusal('conflict', 'Pitchbeat is set up already. Log in instead.')
        const ever = await ownersEver(database)
        const open = await needsOwner(pool)
        // The code that made the owner is no longer right, but it is not a wrong one either: it was used.
        if (!isSetupCode(code, secret, ever) && (open || !isSetupCode(code, secret, ever - 1)))
          throw new Refusal('forbidden', 'This is not the code that the server printed at its last start.')
        if (!open) throw done
        const passwordHash = await (await auth.$context).password.hash(password)
        const id = await makeFirstOwner(pool, { name, email, passwordHash })
        if (id === null) throw done
        await makeFirstProject(database, id, time_zone)
        const login = await auth.api.signInEmail({ body: { email, password }, returnHeaders: true })
        for (const cookie of login.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
        return c.json({ id, name, email: email.toLowerCase() }, 201)
      },
    )
}

async function makeFirstProject(database: Database, owner_id: string, timeZone: string): Promise<void> {
  await addOwner(database, owner_id)
  await database.as({ role: 'authenticated', owner_id }, query =>
    query('insert into pitchbeat.projects (id, name, time_zone) values ($1, $2, $3)', [
      uuidv7(),
      'My pitches',
      timeZone,
    ]),
  )
}
