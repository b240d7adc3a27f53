import type { Hono } from 'hono'
import { pino } from 'pino'
import type { Accounts } from '../../src/accounts/accounts.ts'
import { tokenHash } from '../../src/accounts/who_asks.ts'
import { plainCode, readableCode } from '../../src/gate/readable_code.ts'
import { tableQueue } from '../../src/queue/table.ts'
import type { Store } from '../../src/store/store.ts'
import { appOf, SECRET } from '../http/app_of.ts'
import { openTestEmbedded } from '../store/open_embedded.ts'

export { SECRET } from '../http/app_of.ts'
export const PASSWORD = 'correct horse battery'

export interface Answer<T> {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for is what the test then checks
  body: T extends unknown ? any : T
  text: string
}
export interface Asked {
  body?: unknown
  headers?: Record<string, string>
  /** sends the text or bytes as they are */
  raw?: string | Buffer
  /** the address that a limit counts by; each caller has one of their own */
  address?: string
}

/** Somebody at the door: a browser with its cookies, or a program with its token. */
export interface Caller {
  ask(method: string, path: string, asked?: Asked): Promise<Answer<unknown>>
  /** Answers the body; throws on anything but 2xx. */
  get(path: string): Promise<Answer<unknown>['body']>
  cookies: Map<string, string>
}

export interface Studio {
  app: Hono
  accounts: Accounts
  store: Store
  /** A browser; nobody is logged in. */
  browser(): Caller
  program(token: string): Caller
  /** A new owner who is logged in, with one project in the given zone. */
  owner(email: string, zone?: string): Promise<Caller & { project: string; id: string }>
  close(): Promise<void>
}

let invited = 0
/** A code that makes an account, as if an owner had made it. */
export async function invite(store: Store): Promise<string> {
  const code = readableCode(Buffer.from(`invitation ${++invited}`.padStart(12)))
  await store.pool.query(
    `insert into pitchbeat.invitations (hash, owner_id, expires_at) values ($1, 'somebody', now() + interval '1 day')`,
    [tokenHash(plainCode(code))],
  )
  return code
}

/** Every route on an embedded database of its own, without a server. */
export async function openStudio(
  options: {
    baseUrl?: string
    signUp?: 'open' | 'closed'
    setUp?: boolean
    store?: Store
    secret?: string
    limitFactor?: number
  } = {},
): Promise<Studio> {
  const { baseUrl = 'http://localhost:4000', signUp = 'open', setUp = true, secret = SECRET } = options
  const store = options.store ?? (await openTestEmbedded())
  const { database, pool } = store
  const queue = tableQueue(database)
  const log = pino({ level: process.env.SHOW_ERRORS ? 'warn' : 'silent' })
  const { limitFactor = 1 } = options
  const { app, accounts } = appOf({ pool, database, queue, secret, baseUrl, signUp, limitFactor, log })

  let callers = 0
  const caller = (own: Record<string, string>): Caller => {
    const home = `10.0.${callers >> 8}.${callers++ & 255}`
    const cookies = new Map<string, string>()
    const ask: Caller['ask'] = async (method, path, { body, headers = {}, raw, address = home } = {}) => {
      const sent: Record<string, string> = { ...own, ...headers }
      if (cookies.size > 0) sent.Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      if (text !== undefined && !sent['Content-Type']) sent['Content-Type'] = 'application/json'
      const answer = await app.request(
        new URL(path, baseUrl),
        { method, headers: sent, ...(text === undefined ? {} : { body: text as BodyInit }) },
        { incoming: { socket: { remoteAddress: address } } },
      )
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        if (/max-age=0/i.test(line)) cookies.delete(name!)
        else cookies.set(name!, value!)
      }
      const given = await answer.text()
      const json = /json(;|$)/.test(answer.headers.get('content-type') ?? '') && given !== ''
      return {
        status: answer.status,
        headers: answer.headers,
        text: given,
        body: json ? JSON.parse(given) : undefined,
      }
    }
    return {
      ask,
      cookies,
      async get(path) {
        const answer = await ask('GET', path)
        if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`)
        return answer.body
      },
    }
  }
  const browser = () => caller({ Origin: new URL(baseUrl).origin })
  const studio: Studio = {
    app,
    accounts,
    store,
    browser,
    program: token => caller({ Authorization: `Bearer ${token}` }),
    async owner(email, zone = 'Europe/Tallinn') {
      const who = browser()
      const invitation = await invite(store)
      const made = await who.ask('POST', '/api/auth/sign-up/email', {
        body: { name: email.split('@')[0], email, password: PASSWORD, invitation },
      })
      if (made.status !== 200) throw new Error(`sign-up answered ${made.status}: ${made.text}`)
      const project = await who.ask('POST', '/api/projects', { body: { name: 'Pitches', time_zone: zone } })
      return { ...who, project: project.body.id, id: made.body.user.id }
    },
    async close() {
      await queue.close()
      await store.close()
    },
  }
  if (setUp)
    await studio.browser().ask('POST', '/api/setup', {
      body: {
        code: await accounts.setupCode(),
        name: 'First',
        email: 'first@example.com',
        password: PASSWORD,
        time_zone: 'UTC',
      },
    })
  return studio
}
