import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Link } from '../../src/contract/shapes.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'

/** What the address of a link tells its reader: nothing of the title that only the owner should see. */

let studio: Studio
let mara: Caller & { project: string; id: string }
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

const make = async (title: string) => {
  const { body } = await mara.ask('POST', '/api/campaigns', { body: { project_id: mara.project, title } })
  return `/api/campaigns/${body.id}`
}
const linksOf = async (at: string): Promise<Link[]> => (await mara.get(`${at}/links`)).items
/** What a public page learns of an address. */
const read = async (slug: string) => {
  const [page] = await studio.store.database.as({ role: 'service_role' }, query =>
    query<{ link_id: string; state: string }>('select link_id, state from internal.page_by_slug($1)', [slug]),
  )
  return page && { link: page.link_id, state: page.state }
}

describe('an address', () => {
  it('holds no word of the title, in the first link, in later ones, and in those of a copy', async () => {
    const at = await make('Stripe, senior designer')
    await mara.ask('POST', `${at}/links`, { body: { labels: ['Apple', 'Banana'] } })
    const { body: copy } = await mara.ask('POST', `${at}/duplicate`)
    const links = [...(await linksOf(at)), ...(await linksOf(`/api/campaigns/${copy.id}`))]
    expect(links).toHaveLength(4)
    for (const { slug, shows_title } of links) {
      expect(slug).toMatch(/^[a-z2-9]{12}$/)
      expect(shows_title).toBe(false)
    }
  })

  it.each([
    ['Stripe, senior designer', 'stripe-senior-k3v9q2m7xw4t', true],
    ['Stripe, senior designer', 'for-stripe', true],
    ['Stripe, senior designer', 'mystripefolder', true],
    ['Stripe, senior designer', 'mara-ilves', false],
    ['Ålesund', 'alesund-k3v9q2m7xw4t', true],
    ['Internationalizationalistics', 'internationalizationalis-k3v9q2m7xw4t', true],
    ['IBM', 'ibm-k3v9q2m7xw4t', true],
    ['At my IBM', 'my-portfolio', false],
    ['応募', 'k3v9q2m7xw4t', false],
  ])('of “%s” that is %s shows the title: %s', async (title, slug, shows) => {
    const at = await make(title)
    const own = `${slug}-${uuidv7().slice(-4)}`
    const { body } = await mara.ask('POST', `${at}/links`, { body: { slug: own } })
    expect(body.shows_title).toBe(shows)
  })

  it('is replaced by a new one, and the old one leads to the same link until it is switched off', async () => {
    const at = await make('Stripe')
    const old = `stripe-${uuidv7().slice(-12)}`
    const { body: link } = await mara.ask('POST', `${at}/links`, { body: { label: 'Apple', slug: old } })
    const moved = await mara.ask('POST', `${at}/links/${link.id}/address`, { body: {} })
    expect([moved.status, moved.body.id, moved.body.label]).toEqual([200, link.id, 'Apple'])
    expect(moved.body.slug).toMatch(/^[a-z2-9]{12}$/)
    expect(moved.body.shows_title).toBe(false)
    const [before] = moved.body.old_addresses
    expect(before).toEqual({ id: before.id, slug: old, url: link.url, off_at: null })
    expect(await read(old)).toEqual({ link: link.id, state: 'draft' })
    expect(await read(moved.body.slug)).toEqual({ link: link.id, state: 'draft' })
    // neither a link of its own in the list, nor in the figures by link, nor in the count
    expect((await linksOf(at)).map(one => one.id)).toContain(link.id)
    expect(await linksOf(at)).toHaveLength(2)
    expect((await mara.get(`${at}/reports/links`)).items).toHaveLength(2)

    await mara.ask('PATCH', `${at}/links/${before.id}`, { body: { off: true } })
    expect((await read(old))?.state).toBe('off')
    expect((await read(moved.body.slug))?.state).toBe('draft')
    await mara.ask('PATCH', `${at}/links/${before.id}`, { body: { off: false } })
    await mara.ask('PATCH', `${at}/links/${link.id}`, { body: { off: true } })
    expect((await read(old))?.state).toBe('off')
  })

  it('that the owner types is taken; one that anybody has or had is refused', async () => {
    const at = await make('Stripe')
    const { body: link } = await mara.ask('POST', `${at}/links`, { body: { slug: 'stripe-once' } })
    const path = `${at}/links/${link.id}/address`
    expect((await mara.ask('POST', path, { body: { slug: 'mara-2026' } })).body.slug).toBe('mara-2026')
    const jon = await studio.owner('jon@example.com')
    const { body: other } = await jon.ask('POST', '/api/campaigns', {
      body: { project_id: jon.project, title: 'Other' },
    })
    for (const slug of ['stripe-once', 'mara-2026']) {
      const answer = await jon.ask('POST', `/api/campaigns/${other.id}/links`, { body: { slug } })
      expect([answer.status, answer.body.type]).toEqual([409, '/problems/conflict'])
      expect((await mara.ask('POST', path, { body: { slug } })).status).toBe(409)
    }
    expect((await mara.ask('POST', path, { body: { slug: 'a b' } })).status).toBe(400)
    expect((await jon.ask('POST', path, { body: {} })).status).toBe(404)
    expect((await mara.ask('POST', `${at}/links/${uuidv7()}/address`, { body: {} })).status).toBe(404)
  })

  it('of every link that shows the title is replaced at once; the others stay', async () => {
    const at = await make('Stripe')
    for (const slug of ['stripe-a1', 'stripe-b2', 'mara-c3'])
      await mara.ask('POST', `${at}/links`, { body: { slug } })
    expect((await mara.ask('POST', `${at}/hide-title`)).body).toEqual({ replaced: 2 })
    expect((await mara.ask('POST', `${at}/hide-title`)).body).toEqual({ replaced: 0 })
    const links = await linksOf(at)
    expect(links.flatMap(one => one.old_addresses.map(old => old.slug))).toEqual(['stripe-a1', 'stripe-b2'])
    expect(links.map(one => one.slug)).toContain('mara-c3')
    for (const slug of ['stripe-a1', 'stripe-b2']) expect((await read(slug))?.state).toBe('draft')
  })

  it('cannot be made to lead into a campaign of somebody else', async () => {
    const at = await make('Stripe')
    const [mine] = await linksOf(at)
    const jon = await studio.owner('joe@example.com')
    const { body: other } = await jon.ask('POST', '/api/campaigns', {
      body: { project_id: jon.project, title: 'Other' },
    })
    await expect(
      studio.store.database.as({ role: 'authenticated', owner_id: jon.id }, query =>
        query('insert into pitchbeat.links (campaign_id, slug, replaced_by) values ($1, $2, $3)', [
          other.id,
          'jons-bait',
          mine!.id,
        ]),
      ),
    ).rejects.toThrow(/foreign key/)
  })
})
