import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'

/** The sample campaign that an owner may look at before writing. */

let studio: Studio
let mara: Caller & { project: string }
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

it('is published, read by invented people, marked as a sample, and removed like any campaign', async () => {
  const made = await mara.ask('POST', '/api/campaigns/sample', { body: { project_id: mara.project } })
  expect(made.status).toBe(201)
  const { id, title } = made.body
  expect(made.body).toMatchObject({ sample: true, title: expect.stringMatching(/^Sample: /) })
  expect(made.body.figures.actual_sessions).toBeGreaterThan(5)
  expect(Date.parse(made.body.published_at)).toBeLessThan(Date.now() - 30 * 86_400_000)
  expect((await mara.get('/api/campaigns')).items[0]).toMatchObject({ id, sample: true })
  expect((await mara.get('/api/live')).items).toEqual([])
  // its links are public like any others, so each of the three pages says what it is
  const { summary, case_studies, contact } = (await mara.get(`/api/campaigns/${id}`)).draft
  for (const page of [summary, ...case_studies, contact]) expect(JSON.stringify(page)).toContain('(a sample)')

  await mara.ask('DELETE', `/api/campaigns/${id}`, { body: { confirm: title } })
  expect((await mara.get('/api/campaigns')).items).toEqual([])
})

it('is made only in a project of who asks', async () => {
  const tom = await studio.owner('tom@example.com')
  const asked = await tom.ask('POST', '/api/campaigns/sample', { body: { project_id: mara.project } })
  expect(asked.status).toBe(404)
  expect((await mara.get('/api/campaigns')).items).toEqual([])
})

it('leaves every other campaign unmarked; the list of first steps is put away on every device', async () => {
  const { body } = await mara.ask('POST', '/api/campaigns', {
    body: { project_id: mara.project, title: 'Own' },
  })
  expect(body).toMatchObject({ sample: false, checklist_hidden: false })
  await mara.ask('PATCH', `/api/campaigns/${body.id}`, { body: { checklist_hidden: true } })
  expect(await mara.get(`/api/campaigns/${body.id}`)).toMatchObject({ checklist_hidden: true })
})
