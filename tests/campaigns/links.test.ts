import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'

let studio: Studio
let mara: Caller & { project: string; id: string }
let at: string
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
  const { body } = await mara.ask('POST', '/api/campaigns', {
    body: { project_id: mara.project, title: 'Acme' },
  })
  at = `/api/campaigns/${body.id}`
})
afterAll(() => studio?.close())

describe('links', () => {
  it('are made for many recipients at once, in their order', async () => {
    const labels = Array.from({ length: 200 }, (_, i) => `Recipient ${i}`)
    const made = await mara.ask('POST', `${at}/links`, { body: { labels } })
    expect(made.status).toBe(201)
    const slugs = made.body.items.map((link: { slug: string }) => link.slug)
    expect(new Set(slugs).size).toBe(200)
    const first = await mara.get(`${at}/links?limit=150`)
    const second = await mara.get(`${at}/links?limit=150&cursor=${first.next}`)
    const all = [...first.items, ...second.items].map((link: { label: string }) => link.label)
    expect(all).toEqual(['', ...labels])
    expect(second.next).toBeNull()
    const tooMany = await mara.ask('POST', `${at}/links`, { body: { labels: [...labels, 'one more'] } })
    expect(tooMany.status).toBe(400)
  })
  it('take an address that the owner chooses, unless somebody has it', async () => {
    const body = { label: 'Fair', slug: 'acme-fair' }
    const made = await mara.ask('POST', `${at}/links`, { body })
    expect([made.status, made.body.slug, made.body.label]).toEqual([201, 'acme-fair', 'Fair'])
    const again = await mara.ask('POST', `${at}/links`, { body })
    expect([again.status, again.body.type]).toEqual([409, '/problems/conflict'])
    const jon = await studio.owner('jon@example.com')
    const { body: other } = await jon.ask('POST', '/api/campaigns', {
      body: { project_id: jon.project, title: 'Other' },
    })
    expect((await jon.ask('POST', `/api/campaigns/${other.id}/links`, { body })).status).toBe(409)
    for (const slug of ['out', 'mine', 'ab', 'Acme', 'a/b', 'ä'.repeat(4), 'x'.repeat(65)])
      expect((await mara.ask('POST', `${at}/links`, { body: { slug } })).status).toBe(400)
  })
  it('are switched off and on, expire, and keep what a change leaves out', async () => {
    const { body: link } = await mara.ask('POST', `${at}/links`, { body: { label: 'HR' } })
    const path = `${at}/links/${link.id}`
    const state = async () =>
      (
        await studio.store.database.as({ role: 'service_role' }, query =>
          query<{ state: string }>('select state from internal.page_by_slug($1)', [link.slug]),
        )
      )[0]?.state
    const off = await mara.ask('PATCH', path, { body: { off: true } })
    expect(off.body).toEqual({ ...link, off_at: off.body.off_at })
    expect(await state()).toBe('off')
    expect((await mara.ask('PATCH', path, { body: { off: false } })).body).toEqual(link)
    expect(await state()).toBe('draft')
    const expires_at = new Date(Date.now() - 1_000).toISOString()
    expect((await mara.ask('PATCH', path, { body: { expires_at } })).body.expires_at).toBe(expires_at)
    expect(await state()).toBe('off')
    expect((await mara.ask('PATCH', path, { body: { expires_at: null, note: 'met her' } })).body).toEqual({
      ...link,
      note: 'met her',
    })
    expect((await mara.ask('PATCH', path, { body: { expires_at: 'tomorrow' } })).status).toBe(400)
  })
  it('give a QR code', async () => {
    const [link] = (await mara.get(`${at}/links?limit=1`)).items
    const answer = await mara.ask('GET', `${at}/links/${link.id}/qr.svg`)
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(answer.text).toMatch(/^<svg.*<\/svg>$/s)
  })
  it('that do not exist are not found', async () => {
    expect((await mara.ask('PATCH', `${at}/links/${uuidv7()}`, { body: { note: 'x' } })).status).toBe(404)
    expect((await mara.ask('GET', `${at}/links/${uuidv7()}/qr.svg`)).status).toBe(404)
    expect((await mara.ask('PATCH', `${at}/links/nonsense`, { body: {} })).status).toBe(400)
  })
})

describe('leads', () => {
  it('are listed newest first, worked on, and deleted', async () => {
    const [link] = (await mara.get(`${at}/links?limit=1`)).items
    const campaign_id = at.split('/').at(-1)
    for (const [i, name] of ['Ada', 'Bo'].entries())
      await studio.store.database.as({ role: 'service_role' }, query =>
        query('select internal.save_lead($1::jsonb)', [
          JSON.stringify({
            campaign_id,
            link_id: link.id,
            lead_id: uuidv7(),
            name,
            email: `${name}@example.com`,
            message: 'Hello',
            received_at: Date.now() - 1_000 + i,
            session: null,
          }),
        ]),
      )
    const { items } = await mara.get(`${at}/leads`)
    expect(items.map((lead: { name: string }) => lead.name)).toEqual(['Bo', 'Ada'])
    const answered = await mara.ask('PATCH', `${at}/leads/${items[0].id}`, { body: { status: 'answered' } })
    expect(answered.body).toEqual({ ...items[0], status: 'answered' })
    expect((await mara.ask('PATCH', `${at}/leads/${items[0].id}`, { body: { status: 'x' } })).status).toBe(
      400,
    )
    expect((await mara.ask('DELETE', `${at}/leads/${items[0].id}`)).status).toBe(204)
    expect((await mara.ask('DELETE', `${at}/leads/${items[0].id}`)).status).toBe(404)
    expect((await mara.get(`${at}/leads`)).items).toHaveLength(1)
  })
  it('take any moment a clock can name, in whatever offset, and refuse what is none', async () => {
    const { body } = await mara.ask('POST', `${at}/links`, { body: { label: 'Moments' } })
    const off = (off_at: string) => mara.ask('PATCH', `${at}/links/${body.id}`, { body: { off_at } })
    expect((await off('1970-01-01T00:00:00-23:59')).body.off_at).toBe('1970-01-01T23:59:00.000Z')
    expect((await off('2030-06-01T12:00:00+05:30')).body.off_at).toBe('2030-06-01T06:30:00.000Z')
    for (const none of [
      '0000-01-01T00:00:00Z',
      '0001-01-01T00:00:00+01:00',
      '9999-12-31T23:59:59-01:00',
      '2030-02-30T00:00:00Z',
      'soon',
    ]) {
      const refused = await off(none)
      expect([none, refused.status, refused.body.errors?.[0].pointer]).toEqual([none, 400, '/off_at'])
    }
  })
})
