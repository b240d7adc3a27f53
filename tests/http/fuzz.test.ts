import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { CHROME } from '../collect/door.ts'
import { METRICS_TOKEN, SERVICE_KEY } from './app_of.ts'
import { type Known, NO_JSON, valid, wrong } from './arbitrary.ts'
import { furnish, namesIn, pathOf, type Things } from './furnished.ts'
import { type OpenApi, openApiChecker, type Route, routesOf, type Schema } from './openapi.ts'

/**
 * Every route of our own OpenAPI document, asked with what its schemas take and with what they do not. Whatever comes in,
 * the answer has a status, a content type and a body that the document names for this route, and none is a fault of ours.
 */

/** FUZZ_RUNS asks each route more often, FUZZ_SEED the same again. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 20)
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)

interface Asked {
  as: 'owner' | 'reader' | 'nobody' | 'service' | 'metrics'
  path: Record<string, string>
  query: Record<string, unknown>
  headers: Record<string, string>
  /** null: without a body */
  body: { type: string; text: string } | null
}

let studio: Studio
let callers: Record<Asked['as'], Caller>
let routes: Route[]
let check: ReturnType<typeof openApiChecker>
let things: Things
let known: Known
const statuses = new Map<number, number>()
const succeeded = new Set<string>()

beforeAll(async () => {
  studio = await openStudio({ limitFactor: 100_000 })
  const mara = await studio.owner('mara@example.com')
  things = await furnish(studio, mara, 'Fuzzed')
  const { token } = (await mara.ask('POST', '/api/tokens', { body: { name: 'reads' } })).body
  callers = {
    owner: mara,
    reader: studio.program(token),
    nobody: studio.browser(),
    service: studio.program(SERVICE_KEY),
    metrics: studio.program(METRICS_TOKEN),
  }
  known = {
    ticket: [things.ticket],
    project_id: [mara.project],
    project: [mara.project],
    time_zone: ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns'],
    from: ['2026-01-01', '1900-01-01'],
    to: ['2026-12-31', '2999-12-31'],
    flag: ['new', 'actual,engaged'],
    verdict: ['person', 'bot'],
    status: ['new', 'answered,archived'],
    hash: ['none', 'abc'],
    limit: [1, 50, 200],
    link: [things.link],
    language: ['en', 'de-AT'],
    code: [await studio.accounts.setupCode()],
    confirm: ['another title'],
    max_entries: [1, 100],
  }
  const document = (await (await studio.app.request('/openapi.json')).json()) as OpenApi
  // what deletes comes last
  const last = ({ method }: Route) => Number(method === 'DELETE')
  routes = routesOf(document).sort((a, b) => last(a) - last(b))
  check = openApiChecker(document)
})
afterAll(() => studio?.close())

/** A text that may stand in a path: no dots that a browser would walk by, and what is no text at all. */
const odd = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom('x'.repeat(3_000), '%', '\0', "'", 'null'),
  )
  .filter(one => !/^\.*$/.test(one))
const mostly = <T>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: seldom })
const HEADERS: Record<string, string[]> = {
  Accept: ['text/html', 'application/json', '*/*', 'q=;;,', 'é'],
  'Accept-Language': ['de-AT', '-', '*;q=9', 'x'.repeat(5_000)],
  'Accept-Encoding': ['br, gzip', 'identity;q=0', ';;', '*'],
  Cookie: ['pb_out=1', 'pb_out=%', ';;==;', 'pb_mine=x.y.z', '\u00ff=\u00ff'],
  'If-None-Match': ['*', '"x"', 'x'.repeat(5_000)],
  'If-Match': ['*', '"0"', '"999999999999"', ''],
  'Sec-GPC': ['1', 'yes'],
  'Sec-Fetch-Site': ['same-origin', 'cross-site', 'none'],
  Referer: ['https://news.example/x?token=y', 'nowhere', 'https://[', 'data:,x'],
  'User-Agent': ['', CHROME, 'curl/8', '\u00e9'.repeat(2_000)],
  'X-Forwarded-For': ['1.2.3.4', '::', 'x, , '],
}

function requests({ template, operation }: Route): fc.Arbitrary<Asked> {
  const parameters = (where: string) => (operation.parameters ?? []).filter(one => one.in === where)
  const path = Object.fromEntries(
    parameters('path').map(({ name, schema }) => {
      const own = { ...namesIn(template, things), hash: 'none', code: 'none' } as Record<string, unknown>
      const usual = own[name] ? fc.constant(String(own[name])) : valid(schema, known, name).map(String)
      // what does not fit the pattern of this one is another address altogether
      const seldom = name === 'hash' ? usual : fc.oneof(odd, valid(schema, {}).map(String))
      return [name, mostly(usual, seldom).filter(one => one !== '')]
    }),
  )
  const query = Object.fromEntries(
    parameters('query').map(({ name, schema }) => {
      const seldom = fc.oneof(odd, wrong(valid(schema, known, name)))
      // no schema tells what a cursor is
      const usual = name === 'cursor' ? fc.constant(undefined) : valid(schema, known, name)
      return [name, mostly(usual, seldom)]
    }),
  )
  const headers = Object.fromEntries(
    Object.entries(HEADERS).map(([name, values]) => [name, fc.constantFrom(...values)]),
  )
  const keys = operation.security?.flatMap(one => Object.keys(one)) ?? []
  const own = (['service', 'metrics'] as const).find(key => keys.includes(key)) ?? ('owner' as const)
  const version = parameters('header').length > 0 ? { 'If-Match': fc.constant('current') } : {}
  return fc.record({
    as: mostly(fc.constant(own), fc.constantFrom('reader', 'nobody', 'service')),
    path: fc.record(path),
    query: fc.record(query, { requiredKeys: [] }) as fc.Arbitrary<Record<string, unknown>>,
    headers: mostly(
      fc.record(version) as fc.Arbitrary<Record<string, string>>,
      fc.record(headers, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>,
    ),
    body: bodies(operation.requestBody?.content),
  })
}

function bodies(content: Record<string, { schema: Schema }> | undefined): fc.Arbitrary<Asked['body']> {
  const junk = fc.record({
    type: fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'a/b', ''),
    text: fc.oneof(fc.constantFrom(...NO_JSON), fc.json(), fc.string({ unit: 'binary' })),
  })
  if (!content) return mostly(fc.constant(null), junk)
  const usual = fc.constantFrom(...Object.entries(content)).chain(([type, { schema }]) =>
    mostly(valid(schema, known), wrong(valid(schema, known))).map(value => ({
      type,
      text: type.includes('form') ? formOf(value) : JSON.stringify(value),
    })),
  )
  return mostly(usual, junk) as fc.Arbitrary<Asked['body']>
}

function formOf(value: unknown): string {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return `${new URLSearchParams(fields.map(([name, one]) => [name, String(one)]))}`
}

async function send(route: Route, { as, path, query, headers, body }: Asked) {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, one]) => (one === undefined ? [] : [[name, String(one)]])),
  )
  const address = pathOf(route.template, things, path) + (search.size > 0 ? `?${search}` : '')
  const sent: Record<string, string> = { ...headers, ...(body?.type ? { 'Content-Type': body.type } : {}) }
  if (sent['If-Match'] === 'current') {
    const { draft_version } = (await callers.owner.ask('GET', `/api/campaigns/${things.id}`)).body
    sent['If-Match'] = `"${draft_version}"`
  }
  const carries = body && route.method !== 'GET'
  return callers[as].ask(route.method, address, { ...(carries ? { raw: body.text } : {}), headers: sent })
}

it('answers as documented, whatever is asked, and never with a fault of ours', async () => {
  const faults: string[] = []
  for (const [i, route] of routes.entries()) {
    const answered = fc.asyncProperty(requests(route), async asked => {
      const answer = await send(route, asked)
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (answer.status < 400) succeeded.add(route.name)
      const type = answer.headers.get('content-type') ?? ''
      const found = check(route.method, route.template, answer.status, type, answer.text)
      if (answer.status >= 500 || found.length > 0)
        throw new Error(`${answer.status} ${answer.text.slice(0, 300)} ${found.join(', ')}`)
    })
    const { failed, counterexample, errorInstance } = await fc.check(answered, {
      seed: SEED + i,
      numRuns: RUNS,
    })
    if (failed)
      faults.push(`${route.name} ${JSON.stringify(counterexample).slice(0, 1_000)}: ${errorInstance}`)
  }
  const counts = [...statuses].sort().map(([status, n]) => `${status}: ${n}`)
  const sum = [...statuses.values()].reduce((a, b) => a + b, 0)
  process.stdout.write(
    `fuzz: seed ${SEED}, ${sum} requests to ${routes.length} routes; ${counts.join(', ')}\n`,
  )
  expect(faults).toEqual([])
  // a fuzz that is refused at every door finds nothing behind it
  expect(succeeded.size).toBeGreaterThan(routes.length * 0.85)
})
