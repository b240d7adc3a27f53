import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECURITY_SCHEMES } from '../../src/gate/describe.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { pages } from '../campaigns/pages.ts'
import { batch, start } from '../collect/door.ts'
import { METRICS_TOKEN, SERVICE_KEY } from './app_of.ts'
import { furnish, type OwnerOfAll, pathOf, type Things } from './furnished.ts'
import { type OpenApi, openApiChecker, type Route, routesOf } from './openapi.ts'

/**
 * Every route of the OpenAPI document, asked by everybody: nobody, another owner, a token that reads, one that writes, the
 * owner. The document's own security says what each must get, so a new route without a decision fails, and so does one
 * that lets in whom it does not name.
 */

let studio: Studio
let mara: OwnerOfAll
let jon: OwnerOfAll
let reader: Caller
let writer: Caller
let routes: Route[]
let check: ReturnType<typeof openApiChecker>
/** what Mara has, and what strangers try to reach */
let hers: Things
let code: string

/** What routes with a body are sent, so that it would be done if it were allowed. */
const BODIES: Record<string, (things: Things) => unknown> = {
  'POST /p/{slug}/sessions': ({ ticket }) => start({ ticket }),
  'POST /p/{slug}/beat': ({ ticket }) => batch({ ticket }),
  'POST /p/{slug}/contact': () => ({ name: 'Jonna', email: 'jonna@acme.example', message: 'Thursday?' }),
  'POST /p/{slug}/opt-out': () => ({ out: '1' }),
  'POST /api/setup': () => ({
    code,
    name: 'Second',
    email: 'second@example.com',
    password: 'long enough for all',
    time_zone: 'UTC',
  }),
  'PATCH /api/me': () => ({ name: 'Mara' }),
  'POST /api/tokens': () => ({ name: 'more' }),
  'POST /api/projects': () => ({ name: 'More' }),
  'PATCH /api/projects/{id}': () => ({ name: 'Named anew' }),
  'POST /api/campaigns': () => ({ project_id: mara.project, title: 'More' }),
  'POST /api/campaigns/sample': () => ({ project_id: mara.project }),
  'PATCH /api/campaigns/{id}': () => ({ language: 'de' }),
  'DELETE /api/campaigns/{id}': ({ title }) => ({ confirm: title }),
  'PUT /api/campaigns/{id}/draft': () => pages(),
  'POST /api/campaigns/{id}/links': () => ({ label: 'More' }),
  'PATCH /api/campaigns/{id}/links/{link}': () => ({ label: 'Named anew' }),
  'POST /api/campaigns/{id}/links/{link}/address': () => ({}),
  'PATCH /api/campaigns/{id}/leads/{lead}': () => ({ status: 'answered' }),
  'PUT /api/campaigns/{id}/sessions/{sid}/verdict': () => ({ verdict: 'bot' }),
  'PUT /api/campaigns/{id}/opens/{oid}/verdict': () => ({ verdict: 'bot' }),
  'POST /internal/drain': () => ({ budget_ms: 1_000 }),
}
/** What a route answers to those who may, where that is no success: the set-up was done, the code is none. */
const ANSWERS: Record<string, number> = {
  'POST /api/setup': 409,
  'GET /mine/{code}': 410,
  'POST /mine/{code}': 410,
}
const FORM = 'application/x-www-form-urlencoded'

beforeAll(async () => {
  studio = await openStudio({ limitFactor: 1_000 })
  mara = await studio.owner('mara@example.com')
  jon = await studio.owner('jon@example.com')
  hers = await furnish(studio, mara)
  const token = async (scope: string) =>
    studio.program((await mara.ask('POST', '/api/tokens', { body: { name: scope, scope } })).body.token)
  reader = await token('read')
  writer = await token('write')
  code = await studio.accounts.setupCode()
  const document = (await (await studio.app.request('/openapi.json')).json()) as OpenApi
  routes = routesOf(document)
  check = openApiChecker(document)
})
afterAll(() => studio?.close())

/** Sends what a route takes, and holds the answer to the document. */
async function send(who: Caller, route: Route, things: Things, headers: Record<string, string> = {}) {
  const { name, method, template, operation } = route
  const body = BODIES[name]?.(things)
  const form = FORM in (operation.requestBody?.content ?? {})
  const answer = await who.ask(method, pathOf(template, things, { hash: 'none', code: 'no-such-code' }), {
    ...(body === undefined ? {} : form ? { raw: `${new URLSearchParams(body as {})}` } : { body }),
    headers: { 'If-Match': `"${things.version}"`, ...(form ? { 'Content-Type': FORM } : {}), ...headers },
  })
  const type = answer.headers.get('content-type') ?? ''
  expect(check(method, template, answer.status, type, answer.text), name).toEqual([])
  return answer
}

const changes = ({ method }: Route) => method !== 'GET'
const takes = ({ operation }: Route, scheme: string) =>
  operation.security!.find(one => Object.keys(one).join() === scheme)
/** those whose asker must be known */
const guarded = () => routes.filter(route => !isFree(route))
const isFree = ({ operation: { security } }: Route) =>
  security!.length === 0 || security!.some(one => Object.keys(one).length === 0)
const ofOwners = () => routes.filter(route => takes(route, 'login'))
const others = () => routes.filter(isFree)
/** A route whose path or body names something of Mara's. */
const namesHers = ({ name, template }: Route) =>
  template.includes('{') || ['POST /api/campaigns', 'POST /api/campaigns/sample'].includes(name)

/** Every row of every table, but for when a token was used last. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await studio.store.pool.query<{ name: string }>(
    `select quote_ident(nspname) || '.' || quote_ident(relname) as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where relkind in ('r', 'p') and nspname in ('pitchbeat', 'internal', 'accounts') order by 1`,
  )
  const tables: Record<string, string> = {}
  for (const { name } of rows) {
    const { rows } = await studio.store.pool.query<{ all: string }>(
      `select coalesce(string_agg(row, chr(10) order by row), '') as all
       from (select (to_jsonb(t) - 'last_used_at')::text as row from ${name} t) r`,
    )
    tables[name] = rows[0]!.all
  }
  return tables
}

/** What is asked changes nothing anywhere. */
async function leavesAll(ask: () => Promise<void>): Promise<void> {
  const before = await everything()
  expect(Object.values(before).join('')).toContain(hers.id)
  await ask()
  expect(await everything()).toEqual(before)
}

describe('every route', () => {
  it('says in the document who may use it, by a scheme that the document explains', async () => {
    const document = (await (await studio.app.request('/openapi.json')).json()) as {
      components: { securitySchemes: object }
    }
    expect(document.components.securitySchemes).toEqual(SECURITY_SCHEMES)
    expect(routes.filter(({ operation }) => !operation.security).map(({ name }) => name)).toEqual([])
    const named = routes.flatMap(({ operation }) => operation.security!.flatMap(one => Object.keys(one)))
    for (const name of named) expect(SECURITY_SCHEMES).toHaveProperty(name)
    expect(ofOwners().length).toBeGreaterThan(50)
  })

  it('that takes a body is sent one here', () => {
    const bare = routes.filter(({ name, operation }) => operation.requestBody && !BODIES[name])
    expect(bare.map(({ name }) => name)).toEqual([])
  })

  it('that only reads asks for a token that reads, and one that changes for one that writes', () => {
    for (const route of ofOwners()) {
      const scopes = takes(route, 'token')?.token
      if (scopes) expect(scopes, route.name).toEqual([changes(route) ? 'write' : 'read'])
    }
  })
})

describe('nobody', () => {
  it('gets 401 wherever an asker must be known, before anything is looked at', () =>
    leavesAll(async () => {
      const unknown = 'pb_0123456789abcdefghijklmnopqrstuv'
      for (const route of guarded())
        for (const [who, headers] of [
          [studio.browser(), {}],
          [studio.program(unknown), {}],
          [studio.program(''), {}],
          // a bad token is not made good by a login beside it
          [mara, { Authorization: `Bearer ${unknown}` }],
        ] as const)
          expect((await send(who, route, hers, headers)).status, route.name).toBe(401)
    }))

  it('gets what anybody may have', async () => {
    for (const route of others()) {
      const { status } = await send(studio.browser(), route, hers)
      if (route.name in ANSWERS) expect(status, route.name).toBe(ANSWERS[route.name])
      else expect(status, route.name).toBeLessThan(400)
    }
  })
})

describe('another owner', () => {
  it('gets 404 for everything that names something of mine, and changes nothing', () =>
    leavesAll(async () => {
      for (const route of ofOwners().filter(namesHers)) {
        const answer = await send(jon, route, hers)
        expect(answer.status, route.name).toBe(404)
        expect(answer.text, route.name).not.toContain(hers.title)
      }
    }))

  it('finds nothing of mine in any list', async () => {
    for (const route of ofOwners().filter(one => !namesHers(one) && !changes(one))) {
      const { status, text } = await send(jon, route, hers)
      expect(status, route.name).toBe(200)
      for (const word of [hers.title, hers.id, hers.slug, 'mara@', 'Ada'])
        expect(text, route.name).not.toContain(word)
    }
  })

  it('changes only what is theirs where a route names nothing', async () => {
    const all = async () =>
      Object.values(await everything()).flatMap(rows => rows.split('\n').filter(row => row.includes(mara.id)))
    const before = await all()
    for (const route of ofOwners().filter(one => !namesHers(one) && changes(one)))
      expect((await send(jon, route, hers)).status, route.name).toBeLessThan(300)
    expect(await all()).toEqual(before)
  })
})

describe('a page of another site with the owner’s login', () => {
  it('changes nothing', () =>
    leavesAll(async () => {
      const elsewhere = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' }
      for (const route of ofOwners().filter(changes))
        expect((await send(mara, route, hers, elsewhere)).status, route.name).toBe(403)
    }))
})

describe('a token', () => {
  it('of the scope read gets 403 for every change and for tokens', () =>
    leavesAll(async () => {
      for (const route of guarded().filter(one => takes(one, 'login'))) {
        const may = takes(route, 'token')?.token?.includes('read')
        expect((await send(reader, route, hers)).status, route.name).toBe(may ? 200 : 403)
      }
    }))

  it('of the scope write does all but what needs the studio', async () => {
    await expectDone(writer, route => takes(route, 'token') !== undefined)
  })

  it('opens nothing that has a key of its own, and such a key opens nothing else', async () => {
    const keys = { service: SERVICE_KEY, metrics: METRICS_TOKEN }
    for (const [name, key] of Object.entries(keys)) {
      const service = studio.program(key)
      for (const route of guarded()) {
        const own = takes(route, name) !== undefined
        if (own)
          for (const who of [mara, reader, writer])
            expect((await send(who, route, hers)).status, route.name).toBe(401)
        expect((await send(service, route, hers)).status, route.name).toBe(own ? 200 : 401)
      }
    }
  })
})

describe('the owner', () => {
  it('does everything', () => expectDone(mara, () => true))
})

/** Each route of owners succeeds for those who may, and answers 403 to others; deletions come last, and campaigns last of all. */
async function expectDone(who: Caller, may: (route: Route) => boolean): Promise<void> {
  const things = await furnish(studio, mara, 'Mine')
  const lastly = ({ name }: Route) =>
    name === 'DELETE /api/campaigns/{id}' ? 2 : name.startsWith('DELETE') ? 1 : 0
  // a draft is saved with the version that was read; all else may come in any order
  for (const route of ofOwners().sort((a, b) => lastly(a) - lastly(b))) {
    const answer = await send(who, route, things)
    if (may(route)) expect(answer.status, `${route.name}: ${answer.text}`).toBeLessThan(300)
    else expect(answer.status, route.name).toBe(403)
  }
}
