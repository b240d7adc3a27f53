import { expect, test } from 'vitest'
import { live, OWNER, site } from './site.ts'

const at = (page: string, id = live.campaign_id) => `/api/campaigns/${id}/preview/${page}`

test.each(['summary', 'case_studies', 'contact', 'privacy'])(
  'the owner sees %s as readers will, in a frame, uncounted',
  async page => {
    const { send, state } = site()
    state.login = OWNER
    const answer = await send(at(page))
    expect(answer.status).toBe(200)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toContain("form-action 'none'")
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('x-robots-tag')).toBe('noindex')
    const html = await answer.text()
    expect(html).not.toMatch(/<script|data-ticket/)
    expect(html).toContain(`<a href="${at('contact')}"`)
    expect(html).not.toContain('href="/p/')
    expect([...html.matchAll(/<button[^>]*>/g)].every(([tag]) => tag.includes('disabled'))).toBe(true)
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(state.pushed).toEqual([])
  },
)

test('links that lead outside leave the studio alone', async () => {
  const { send, state } = site()
  state.login = OWNER
  const html = await (await send(at('case_studies'))).text()
  for (const [tag] of html.matchAll(/<a [^>]*href="https:[^>]*>/g)) expect(tag).toContain('target="_blank"')
})

test('the draft is read as its owner, so that row security decides', async () => {
  const { send, state } = site()
  state.login = OWNER
  await send(at('summary'))
  expect(state.asked.map(({ who }) => who)).toEqual([{ role: 'authenticated', owner_id: OWNER }])
})

test('strangers, other owners and nonsense get nothing', async () => {
  const { send, state } = site()
  const statuses = [(await send(at('summary'))).status]
  state.login = 'owner-2'
  statuses.push((await send(at('summary'))).status)
  state.login = OWNER
  statuses.push((await send(at('nothing'))).status, (await send(at('summary', 'nonsense'))).status)
  expect(statuses).toEqual([401, 404, 404, 404])
})
