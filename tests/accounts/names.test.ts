import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, openStudio, type Studio } from './studio.ts'

/** Names, titles and labels stand on one line, whatever they are sent with. */

let studio: Studio
let mara: Caller & { project: string }
beforeAll(async () => {
  studio = await openStudio({ limitFactor: 1_000 })
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

const breaks = fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u2029', '\n\n', ' \r\n ')
const word = fc.stringMatching(/^[a-z]{1,8}$/)
const broken = fc.tuple(word, breaks, word).map(([a, b, c]) => ({ text: `${a}${b}${c}`, line: `${a} ${c}` }))

it('of owners, projects, campaigns, links and tokens', async () => {
  const campaign = await mara.ask('POST', '/api/campaigns', {
    body: { project_id: mara.project, title: 'Acme' },
  })
  const id = campaign.body.id
  await fc.assert(
    fc.asyncProperty(broken, async ({ text, line }) => {
      const said = [
        (await mara.ask('PATCH', '/api/me', { body: { name: text } })).body.name,
        (await mara.ask('POST', '/api/projects', { body: { name: text, time_zone: 'UTC' } })).body.name,
        (await mara.ask('PATCH', `/api/campaigns/${id}`, { body: { title: text } })).body.title,
        (await mara.ask('POST', `/api/campaigns/${id}/links`, { body: { label: text } })).body.label,
        (await mara.ask('POST', '/api/tokens', { body: { name: text } })).body.name,
      ]
      expect(said).toEqual(said.map(() => line))
    }),
    { numRuns: 20 },
  )
})

it('of readers who write', async () => {
  const { body } = await mara.ask('POST', '/api/campaigns/sample', { body: { project_id: mara.project } })
  const { items } = await mara.get(`/api/campaigns/${body.id}/links`)
  const { pathname } = new URL(items[0].url)
  await studio.app.request(`http://localhost:4000${pathname}/contact`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      name: 'Ann\r\nBcc: all@acme.example',
      email: 'ann@acme.example',
      message: 'Hello\nyou',
    }),
  })
  const leads = await mara.get(`/api/campaigns/${body.id}/leads`)
  expect(leads.items[0]).toMatchObject({ name: 'Ann Bcc: all@acme.example', message: 'Hello\nyou' })
})
