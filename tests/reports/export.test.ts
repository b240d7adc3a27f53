import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { reading, save } from './readings.ts'

let studio: Studio
let mara: Caller & { project: string; id: string }
let at: string
/** more than one page of 1,000 */
const SESSIONS = 1_003

beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
  const { body } = await mara.ask('POST', '/api/campaigns', {
    body: { project_id: mara.project, title: 'Acme' },
  })
  at = `/api/campaigns/${body.id}`
  const { body: link } = await mara.ask('POST', `${at}/links`, { body: { label: '=HYPERLINK("x")' } })
  const common = { campaign_id: body.id, link_id: link.id }
  const start = Date.parse('2026-05-01T00:00:00Z')
  await save(
    studio.store.database,
    Array.from({ length: SESSIONS }, (_, i) =>
      reading({
        ...common,
        at: start + i * 1_000,
        pages: { summary: 12_000 },
        acts: [{ type: 'cta_click', label: '+49 170, "call"\nme' }],
      }),
    ).flat(),
  )
  await studio.store.database.as({ role: 'service_role' }, query =>
    query('select internal.save_lead($1::jsonb)', [
      JSON.stringify({
        ...common,
        lead_id: uuidv7(),
        name: '@Ada',
        email: '-ada@example.com',
        message: '\tHello',
        received_at: start,
        session: null,
      }),
    ]),
  )
})
afterAll(() => studio?.close())

const file = async (path: string) => {
  const answer = await mara.ask('GET', path)
  expect(answer.status).toBe(200)
  return { ...answer, lines: answer.text.split('\n').filter(Boolean) }
}

it('every session and event is exported once, in both formats, over several pages', async () => {
  const csv = await file(`${at}/export/sessions.csv`)
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/)
  expect(csv.headers.get('content-disposition')).toContain('sessions.csv')
  expect(csv.lines).toHaveLength(SESSIONS + 1)
  expect(csv.lines[0]).toMatch(/^id,link,slug,flag,verdict,reason,started_at,/)
  const ids = csv.lines.slice(1).map(line => line.split(',')[0])
  expect(new Set(ids).size).toBe(SESSIONS)
  expect(csv.lines[1]).toContain(',engaged,person,person,2026-05-01T00:00:00.000Z,')
  const jsonl = (await file(`${at}/export/sessions.jsonl`)).lines.map(line => JSON.parse(line))
  expect(jsonl.map(one => one.id)).toEqual(ids)
  const events = (await file(`${at}/export/events.jsonl`)).lines.map(line => JSON.parse(line))
  expect(events).toHaveLength(2 * SESSIONS)
  expect(new Set(events.map(one => `${one.session_id} ${one.id}`)).size).toBe(2 * SESSIONS)
  const day = (await file(`${at}/export/sessions.jsonl?to=2026-04-30`)).lines
  expect(day).toHaveLength(0)
  expect((await mara.ask('GET', `${at}/export/secrets.csv`)).status).toBe(404)
})

it('no text becomes a formula in a spreadsheet', async () => {
  const sessions = await file(`${at}/export/sessions.csv`)
  expect(sessions.lines[1]).toContain(`,"'=HYPERLINK(""x"")",`)
  const events = await file(`${at}/export/events.csv`)
  expect(events.text).toContain(`"'+49 170, ""call""\nme"`)
  const [, lead] = (await file(`${at}/export/leads.csv`)).lines
  expect(lead).toContain(",'@Ada,'-ada@example.com,'\tHello,new,")
  const [plain] = (await file(`${at}/export/leads.jsonl`)).lines.map(line => JSON.parse(line))
  expect(plain).toMatchObject({ name: '@Ada', email: '-ada@example.com', message: '\tHello' })
})

it('an account takes everything home that it holds, and nothing of anybody else', async () => {
  const jon = await studio.owner('jon@example.com')
  const own = await jon.ask('GET', '/api/me/export')
  expect(
    own.text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line).kind),
  ).toEqual(['account', 'project'])
  const { text, lines } = await file('/api/me/export')
  const n: Record<string, number> = {}
  for (const line of lines) n[JSON.parse(line).kind] = (n[JSON.parse(line).kind] ?? 0) + 1
  expect(n).toEqual({ account: 1, project: 1, campaign: 1, version: 1, link: 2, lead: 1, session: SESSIONS })
  const session = JSON.parse(lines.find(line => line.includes('"kind":"session"'))!)
  expect(session.views).toHaveLength(1)
  expect(session.events).toHaveLength(2)
  expect(text).not.toMatch(/password|jon@/)
})
