import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VersionItem } from '../../src/contract/shapes.ts'
import { eraseDeleted } from '../../src/worker/timetable.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { pages } from './pages.ts'

/** What a campaign's pages were: the last 50 drafts, one a minute, and every publication with its time. */

let studio: Studio
let mara: Caller & { project: string; id: string }
beforeAll(async () => {
  studio = await openStudio()
  mara = await studio.owner('mara@example.com')
})
afterAll(() => studio?.close())

const saying = (sentence: string) => pages({ summary: { ...pages().summary, sentence } })

/** A campaign whose draft is saved again and again, each time with another sentence. */
async function writing(first = 'as made', who = mara) {
  const { body } = await who.ask('POST', '/api/campaigns', {
    body: { project_id: who.project, title: 'Halden', pages: saying(first) },
  })
  const at = `/api/campaigns/${body.id}`
  let version = body.draft_version as number
  return {
    id: body.id as string,
    at,
    async save(sentence: string) {
      const saved = await mara.ask('PUT', `${at}/draft`, {
        body: saying(sentence),
        headers: { 'If-Match': `"${version}"` },
      })
      expect(saved.status).toBe(200)
      version = saved.body.draft_version
    },
    async publish() {
      const answer = await mara.ask('POST', `${at}/publish`)
      expect(answer.status).toBe(200)
      return answer.body
    },
    /** All that was kept happened so many minutes earlier. Moved far away first, as no two may share a minute on the way. */
    async pass(minutes: number) {
      for (const by of ['1000 years', `${minutes} minutes - 1000 years`])
        await studio.store.pool.query(
          `update pitchbeat.versions set at = at - $2::interval where campaign_id = $1`,
          [body.id, by],
        )
    },
    history: async (query = ''): Promise<VersionItem[]> => (await mara.get(`${at}/history${query}`)).items,
    sentence: async (entry: string) => (await mara.get(`${at}/history/${entry}`)).pages.summary.sentence,
  }
}

const drafts = (items: VersionItem[]) => items.filter(one => one.kind === 'draft')

describe('the history of a campaign', () => {
  it('begins with the pages that it was made with', async () => {
    const one = await writing()
    const items = await one.history()
    expect(items).toMatchObject([{ kind: 'draft', draft_version: 1 }])
    const kept = await mara.get(`${one.at}/history/${items[0]!.id}`)
    expect(kept).toEqual({ ...items[0], pages: saying('as made') })
  })

  it('keeps at most one draft a minute, and it is the last one, so that a pause loses nothing', async () => {
    const one = await writing()
    for (const sentence of ['I', 'I make', 'I make checkouts']) await one.save(sentence)
    const items = await one.history()
    const minutes = new Set(items.map(({ at }) => at.slice(0, 16)))
    expect(items).toHaveLength(minutes.size)
    // the test itself may run over the end of a minute
    expect(items.length).toBeLessThan(3)
    expect(await one.sentence(items[0]!.id)).toBe('I make checkouts')
    expect(items[0]!.draft_version).toBe(4)
  })

  it('keeps what was written before a pause when writing goes on', async () => {
    const one = await writing()
    await one.save('before the pause')
    await one.pass(2)
    await one.save('after it')
    const [after, before] = await one.history()
    expect([await one.sentence(after!.id), await one.sentence(before!.id)]).toEqual([
      'after it',
      'before the pause',
    ])
  })

  it('keeps the last 50 drafts, newest first, and every publication', async () => {
    const one = await writing('draft 0')
    const published: string[] = []
    for (let n = 1; n <= 54; n++) {
      if (n <= 3) published.push((await one.publish()).published_at)
      await one.pass(1)
      await one.save(`draft ${n}`)
    }
    const items = await one.history('?limit=200')
    expect(items).toHaveLength(53)
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
    const kept = drafts(items)
    expect(await one.sentence(kept[0]!.id)).toBe('draft 54')
    expect(await one.sentence(kept.at(-1)!.id)).toBe('draft 5')
    const publications = items.filter(({ kind }) => kind === 'publication')
    expect(await Promise.all(publications.map(({ id }) => one.sentence(id)))).toEqual([
      'draft 2',
      'draft 1',
      'draft 0',
    ])
  })

  it('says of a publication when it was published, twice where the same was published twice', async () => {
    const one = await writing()
    const times = [(await one.publish()).published_at, (await one.publish()).published_at]
    const items = (await one.history()).filter(({ kind }) => kind === 'publication')
    expect(items.map(({ at }) => at)).toEqual(times.reverse())
    expect(items[0]).toMatchObject({ draft_version: 1 })
  })

  it('is paged: each page begins where the one before ended', async () => {
    const one = await writing()
    for (let n = 0; n < 6; n++) {
      await one.pass(1)
      await one.save(`draft ${n}`)
    }
    const all = await one.history()
    const found: VersionItem[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await mara.get(`${one.at}/history?limit=3${next && `&cursor=${next}`}`)
      expect(page.items.length).toBeLessThan(4)
      found.push(...page.items)
      next = page.next
    }
    expect(found).toEqual(all)
    expect((await mara.ask('GET', `${one.at}/history?cursor=none`)).body.errors[0].pointer).toBe('/cursor')
  })

  it('brings a draft back when its pages are saved, and keeps what they replace', async () => {
    const one = await writing('the first')
    await one.pass(1)
    await one.save('the second')
    await one.pass(1)
    const first = (await one.history()).at(-1)!
    await one.save(await one.sentence(first.id))
    expect((await mara.get(one.at)).draft).toEqual(saying('the first'))
    const [now, before] = await one.history()
    expect([await one.sentence(now!.id), await one.sentence(before!.id)]).toEqual(['the first', 'the second'])
  })

  it('keeps nothing of a save that is refused', async () => {
    const one = await writing()
    await one.pass(1)
    const before = await one.history()
    const stale = { body: saying('stale'), headers: { 'If-Match': '"7"' } }
    expect((await mara.ask('PUT', `${one.at}/draft`, stale)).status).toBe(412)
    expect(await one.history()).toEqual(before)
  })

  it('is not copied with the campaign, and goes with it and with the account', async () => {
    const left = async (id: string) =>
      (await studio.store.pool.query('select from pitchbeat.versions where campaign_id = $1', [id])).rowCount
    const one = await writing()
    await one.publish()
    const { body: copy } = await mara.ask('POST', `${one.at}/duplicate`)
    expect((await mara.get(`/api/campaigns/${copy.id}/history`)).items).toMatchObject([{ kind: 'draft' }])
    expect(await left(one.id)).toBe(2)
    await mara.ask('DELETE', one.at, { body: { confirm: 'Halden' } })
    await eraseDeleted(studio.store.database)
    expect(await left(one.id)).toBe(0)
    expect((await mara.ask('GET', `${one.at}/history`)).status).toBe(404)
    const eva = await studio.owner('eva@example.com')
    const hers = await writing('as made', eva)
    expect(await left(hers.id)).toBe(1)
    await studio.store.database.as({ role: 'service_role' }, query =>
      query('select internal.erase_owner($1)', [eva.id]),
    )
    await eraseDeleted(studio.store.database)
    expect(await left(hers.id)).toBe(0)
  })

  it('is nobody else’s: neither the list nor an entry under a campaign of their own', async () => {
    const ann = await studio.owner('ann@example.com')
    const jon = await studio.owner('jon@example.com')
    const make = async (who: typeof ann) =>
      (
        await who.ask('POST', '/api/campaigns', {
          body: { project_id: who.project, title: 'Private', pages: pages() },
        })
      ).body.id
    const [hers, his] = [await make(ann), await make(jon)]
    const [entry] = (await ann.get(`/api/campaigns/${hers}/history`)).items
    for (const path of [`${hers}/history`, `${hers}/history/${entry.id}`, `${his}/history/${entry.id}`])
      expect((await jon.ask('GET', `/api/campaigns/${path}`)).status, path).toBe(404)
    expect((await ann.get(`/api/campaigns/${hers}/history/${entry.id}`)).pages).toEqual(pages())
  })
})
