import { createHmac } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { PostgresDialect, type PostgresPool } from 'kysely'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Database } from '../store/database.ts'
import { addOwner, endLogins, eraseOwner } from './owners.ts'

const DAY_S = 86_400

/** Neither address nor browser of an owner is kept; the table refuses them as well. */
const keepNoTrace = async () => ({ data: { ipAddress: null, userAgent: null } })

/** Cookies are shared by all ports of a host: without this in their names, two instances would log each other out. */
function instanceOf(secret: string, origin: string): string {
  return createHmac('sha256', secret).update(`instance\0${origin}`).digest('hex').slice(0, 8)
}

/** Each statement of the library is asked of the pool itself, where it has its time-out. */
function oneByOne(pool: Pool): PostgresPool {
  const connection = {
    query: (text: string, values: readonly unknown[]) => pool.query(text, [...values]),
    release() {},
  }
  return { connect: async () => ({ ...connection }), end: async () => {} } as unknown as PostgresPool
}

/**
 * The login library, on the pool as the login role, in its own schema. No transactions: with the embedded pool of one
 * connection, a query of the library outside its own transaction would wait for itself for ever.
 */
export function createAuth(options: {
  pool: Pool
  database: Database
  secret: string
  baseUrl: string
  signUp: 'open' | 'closed'
  log: Logger
}) {
  const { origin, protocol } = new URL(options.baseUrl)
  return betterAuth({
    appName: 'Pitchbeat',
    baseURL: origin,
    basePath: '/api/auth',
    secret: options.secret,
    database: {
      dialect: new PostgresDialect({ pool: oneByOne(options.pool) }),
      type: 'postgres',
      schemaName: 'accounts',
      transaction: false,
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: options.signUp === 'closed',
      minPasswordLength: 8,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: ({ user }) => endLogins(options.pool, user.id),
    },
    session: { expiresIn: 30 * DAY_S, updateAge: DAY_S },
    user: { deleteUser: { enabled: true, beforeDelete: async user => eraseOwner(options.pool, user.id) } },
    databaseHooks: {
      session: {
        create: {
          before: async login => {
            await addOwner(options.database, login.userId)
            return keepNoTrace()
          },
        },
        update: { before: keepNoTrace },
      },
    },
    advanced: {
      cookiePrefix: `pitchbeat-${instanceOf(options.secret, origin)}`,
      useSecureCookies: protocol === 'https:',
      defaultCookieAttributes: { sameSite: 'lax', path: '/', httpOnly: true },
      ipAddress: { disableIpTracking: true },
      // every request to it has passed our own check already, which also knows the address behind a proxy
      disableCSRFCheck: true,
      database: { validateSchema: false },
    },
    // the gate counts, in memory or in Redis; the library would count in the database
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) =>
        options.log[level === 'error' ? 'error' : 'warn']({ room: 'accounts' }, message),
    },
  })
}
export type Auth = ReturnType<typeof createAuth>
