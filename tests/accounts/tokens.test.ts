import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, openStudio, type Studio } from './studio.ts'

let studio: Studio
let mara: Caller & { id: string }
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

const make = async (scope: 'read' | 'write') =>
  (await mara.ask('POST', '/api/tokens', { body: { name: scope, scope } })).body

describe('tokens', () => {
  it('are shown once and stored as a hash', async () => {
    const made = await make('write')
    expect(made.token).toMatch(/^pb_[\w-]{32}$/)
    const { items } = await mara.get('/api/tokens')
    expect(JSON.stringify(items)).not.toContain(made.token)
    const { rows } = await studio.store.pool.query('select t.*::text as row from pitchbeat.tokens t')
    expect(JSON.stringify(rows)).not.toContain(made.token.slice(3))
  })
  it('speak for their owner', async () => {
    const program = studio.program((await make('write')).token)
    expect((await program.get('/api/me')).id).toBe(mara.id)
    const made = await program.ask('POST', '/api/projects', { body: { name: 'By a program' } })
    expect(made.status).toBe(201)
  })
  it('with the scope read change nothing', async () => {
    const program = studio.program((await make('read')).token)
    expect((await program.get('/api/projects')).items.length).toBeGreaterThan(0)
    const answer = await program.ask('POST', '/api/projects', { body: { name: 'x' } })
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/forbidden'])
  })
  it('neither make nor list nor end tokens', async () => {
    const { token, id } = await make('write')
    const program = studio.program(token)
    expect((await program.ask('GET', '/api/tokens')).status).toBe(403)
    expect((await program.ask('POST', '/api/tokens', { body: { name: 'x' } })).status).toBe(403)
    expect((await program.ask('DELETE', `/api/tokens/${id}`)).status).toBe(403)
  })
  it('end at once', async () => {
    const { token, id } = await make('write')
    const program = studio.program(token)
    expect((await program.ask('GET', '/api/me')).status).toBe(200)
    expect((await mara.ask('DELETE', `/api/tokens/${id}`)).status).toBe(204)
    expect((await program.ask('GET', '/api/me')).status).toBe(401)
    expect((await mara.ask('DELETE', `/api/tokens/${id}`)).status).toBe(404)
  })
  it('that are wrong are not made good by a cookie', async () => {
    for (const Authorization of ['Bearer nonsense', 'Bearer ', 'Basic abc'])
      expect((await mara.ask('GET', '/api/me', { headers: { Authorization } })).status).toBe(401)
  })
  it('of another owner cannot be ended', async () => {
    const { id } = await make('read')
    const jon = await studio.owner('jon@example.com')
    expect((await jon.ask('DELETE', `/api/tokens/${id}`)).status).toBe(404)
    expect((await jon.get('/api/tokens')).items).toEqual([])
  })
})
