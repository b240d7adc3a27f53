import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pages } from '../campaigns/pages.ts'
import { open, reading, save } from '../reports/readings.ts'
import { type Caller, openStudio, type Studio } from './studio.ts'

/** Every owner's route of the OpenAPI document, asked by those who must not get in. A new route joins by itself. */

let studio: Studio
let jon: Caller & { project: string; id: string }
let reader: Caller
let routes: { method: string; template: string; path: string; body: unknown }[]
/** what Mara sees; it must be the same afterwards */
let snapshot: () => Promise<string>

const PUBLIC = new Set(['/api/setup'])
const BODIES: Record<string, unknown> = {
  'patch /api/me': { name: 'Stranger' },
  'post /api/projects': { name: 'Stranger' },
  'post /api/tokens': { name: 'Stranger' },
  'put /api/campaigns/{id}/draft': pages(),
  'put /api/campaigns/{id}/sessions/{sid}/verdict': { verdict: 'bot' },
  'put /api/campaigns/{id}/opens/{oid}/verdict': { verdict: 'bot' },
  'delete /api/campaigns/{id}': { confirm: 'Private' },
}

beforeAll(async () => {
  studio = await openStudio()
  const mara = await studio.owner('mara@example.com')
  jon = await studio.owner('jon@example.com')
  const { body: campaign } = await mara.ask('POST', '/api/campaigns', {
    body: { project_id: mara.project, title: 'Private', pages: pages() },
  })
  const at = `/api/campaigns/${campaign.id}`
  await mara.ask('POST', `${at}/publish`)
  const [link] = (await mara.get(`${at}/links`)).items
  const common = { campaign_id: campaign.id as string, link_id: link.id as string, at: Date.now() - 60_000 }
  const unread = open(common)
  const lead_id = '01939f6e-0000-7000-8000-000000000001'
  await save(studio.store.database, [unread, ...reading({ ...common, pages: { summary: 20_000 } })])
  await studio.store.database.as({ role: 'service_role' }, query =>
    query('select internal.save_lead($1::jsonb)', [
      JSON.stringify({
        ...common,
        lead_id,
        name: 'Ada',
        email: 'a@example.com',
        message: 'Hello',
        received_at: common.at,
        session: null,
      }),
    ]),
  )
  const [session] = (await mara.get(`${at}/sessions`)).items
  const { body: token } = await mara.ask('POST', '/api/tokens', { body: { name: 'reads', scope: 'read' } })
  reader = studio.program(token.token)
  const filled: Record<string, string> = {
    '/api/projects/{id}': mara.project,
    '/api/tokens/{id}': token.id,
    link: link.id,
    lead: lead_id,
    entry: (await mara.get(`${at}/history`)).items[0].id,
    sid: session.id,
    oid: unread.open_id,
    id: campaign.id,
  }
  const document = await (await studio.app.request('/openapi.json')).json()
  routes = Object.entries(document.paths as Record<string, Record<string, unknown>>).flatMap(
    ([template, methods]) =>
      Object.keys(methods)
        .filter(() => template.startsWith('/api/') && !PUBLIC.has(template))
        .map(method => ({
          method: method.toUpperCase(),
          template,
          path: template.replace(/\{(\w+)\}/g, (_, name) => filled[template] ?? filled[name] ?? name),
          body: BODIES[`${method} ${template}`] ?? {},
        })),
  )
  snapshot = async () =>
    JSON.stringify([
      await mara.get('/api/me'),
      await mara.get('/api/projects'),
      await mara.get(at),
      ...(await Promise.all(
        ['links', 'history', 'leads', 'sessions', 'opens', 'figures', 'reports/reconcile'].map(one =>
          mara.get(`${at}/${one}`),
        ),
      )),
      (await mara.get('/api/tokens')).items.map((one: { id: string }) => one.id),
    ])
})
afterAll(() => studio?.close())

const changes = (method: string) => method !== 'GET'
const send = (who: Caller, { method, path, body }: (typeof routes)[number]) =>
  who.ask(method, path, { ...(changes(method) ? { body } : {}), headers: { 'If-Match': '"1"' } })

describe('strangers', () => {
  it('are asked about every route', () => {
    expect(routes.length).toBeGreaterThan(35)
    expect(routes.every(({ path }) => !/[{}]/.test(path))).toBe(true)
  })

  it('who are nobody get 401 everywhere, before anything is looked at', async () => {
    const before = await snapshot()
    for (const route of routes) {
      for (const who of [studio.browser(), studio.program('pb_0123456789abcdefghijklmnopqrstuv')]) {
        const answer = await send(who, route)
        expect(
          [answer.status, answer.headers.get('content-type')],
          `${route.method} ${route.template}`,
        ).toEqual([401, 'application/problem+json'])
      }
    }
    expect(await snapshot()).toBe(before)
  })

  it('who are another owner get 404 for everything that names something of mine, and change nothing', async () => {
    const before = await snapshot()
    for (const route of routes.filter(one => one.template.includes('{'))) {
      const answer = await send(jon, route)
      expect(answer.status, `${route.method} ${route.template}`).toBe(404)
      expect(answer.text).not.toContain('Private')
    }
    for (const path of ['/api/campaigns', '/api/live', '/api/tokens'])
      expect((await jon.get(path)).items, path).toEqual([])
    expect(await snapshot()).toBe(before)
  })

  it('cannot put a campaign into a project of mine', async () => {
    const mine = routes
      .find(one => one.template === '/api/projects/{id}')!
      .path.split('/')
      .at(-1)
    const answer = await jon.ask('POST', '/api/campaigns', { body: { project_id: mine, title: 'Mine now' } })
    expect(answer.status).toBe(404)
  })

  it('who hold a reading token of mine read, and get 403 for every change', async () => {
    const before = await snapshot()
    for (const route of routes) {
      const answer = await send(reader, route)
      const expected = changes(route.method) || route.template === '/api/tokens' ? 403 : 200
      expect(answer.status, `${route.method} ${route.template}`).toBe(expected)
    }
    expect(await snapshot()).toBe(before)
  })
})

describe('ids that are none', () => {
  it('are refused, never an error of ours', async () => {
    for (const { method, template, body } of routes.filter(one => one.template.includes('{')))
      for (const id of ['nonsense', '%00', "'", '00000000-0000-0000-0000-000000000000']) {
        const path = template.replace(/\{\w+\}/g, id)
        const answer = await jon.ask(method, path, changes(method) ? { body } : {})
        expect([400, 404, 412], `${method} ${path} ${answer.status}`).toContain(answer.status)
      }
  })
  it('and bodies that are none, too', async () => {
    for (const { method, path, template } of routes.filter(
      one =>
        changes(one.method) && one.method !== 'DELETE' && !/duplicate|publish|mine-codes/.test(one.template),
    ))
      for (const raw of ['{', '[]', 'null', '"text"', '{"__proto__": {"x": 1}}', '['.repeat(40), '']) {
        const answer = await jon.ask(method, path, { raw })
        expect(answer.status, `${method} ${template} ${raw} ${answer.status}`).toBeLessThan(500)
      }
  })
})
