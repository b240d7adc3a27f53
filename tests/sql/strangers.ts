import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RESERVED_SLUGS } from '../../src/contract/shapes.ts'
import type { Identity } from '../../src/store/database.ts'
import { saveBatch } from '../../src/store/save_batch.ts'
import type { Store } from '../../src/store/store.ts'
import { makeCampaign, makeOwner, type TestCampaign } from '../store/campaigns.ts'
import { act, view, visit } from '../store/entries.ts'

const DENIED = '42501'
const VIEWS = ['performance', 'sessions', 'views', 'events', 'opens'].map(one => `public.campaign_${one}`)
const OWNED = [
  'projects',
  'campaigns',
  'links',
  'versions',
  'leads',
  'tokens',
  'mine_codes',
  'invitations',
].map(one => `pitchbeat.${one}`)
const FACTS = [
  'sessions',
  'views',
  'view_parts',
  'events',
  'opens',
  'overrules',
  'erased',
  'dead_letters',
  'tally',
  'inbox',
  'migrations',
  'definitions',
  'save_locks',
  'erasures',
]
  .map(one => `internal.${one}`)
  .concat('pitchbeat.owners')

/** Everybody who is not the owner, at every table and view: another owner, nobody in particular, anon, the service. */
export function strangers(name: string, open: () => Promise<Store>): void {
  describe(`strangers: ${name}`, () => {
    let store: Store
    let campaign: TestCampaign
    const as = (who: Identity, text: string, values: unknown[] = []) =>
      store.database.as(who, query => query(text, values))
    const owner: Identity = { role: 'authenticated', owner_id: 'ann' }
    const other: Identity = { role: 'authenticated', owner_id: 'bob' }
    const service: Identity = { role: 'service_role' }
    const anon: Identity = { role: 'anon' }

    beforeAll(async () => {
      store = await open()
      campaign = await makeCampaign(store, { owner: 'ann' })
      await makeOwner(store, 'bob')
      const reader = visit(campaign)
      await store.database.as(service, query =>
        saveBatch(query, [reader.open(), reader.beat(20_000, [view(15_000, { parts: { a: 1 } })], [act()])]),
      )
      await as(service, 'select internal.overrule($1, $2, $3, $4, $5)', [
        'ann',
        campaign.id,
        'session',
        reader.session,
        'person',
      ])
      await as(service, 'select internal.save_lead($1)', [
        {
          campaign_id: campaign.id,
          link_id: campaign.links[0],
          lead_id: crypto.randomUUID(),
          name: 'n',
          email: 'e@x.example',
          message: 'm',
          received_at: Date.now(),
          session: null,
        },
      ])
      await as(owner, `insert into pitchbeat.tokens (name, scope, hash) values ('t', 'read', '\\x01')`)
      await as(
        owner,
        `insert into pitchbeat.versions (campaign_id, id, kind, at, pages)
         values ($1, gen_random_uuid(), 'draft', now(), '{}')`,
        [campaign.id],
      )
      await as(owner, `insert into pitchbeat.mine_codes (hash, expires_at) values ('\\x02', now())`)
      await as(owner, `insert into pitchbeat.invitations (hash, expires_at) values ('\\x02', now())`)
    })
    afterAll(() => store?.close())

    test.each(VIEWS)('%s: the owner sees the own rows', async relation => {
      const rows = await as(owner, `select * from ${relation}`)
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expect(row).toMatchObject({ campaign_id: campaign.id })
    })

    test.each(VIEWS)('%s: another owner sees nothing, nor does an owner without a name', async relation => {
      expect(await as(other, `select * from ${relation}`)).toEqual([])
      expect(await as({ role: 'authenticated', owner_id: '' }, `select * from ${relation}`)).toEqual([])
    })

    test.each(VIEWS)('%s: anon and the service may not look', async relation => {
      await expect(as(anon, `select * from ${relation}`)).rejects.toMatchObject({ code: DENIED })
      await expect(as(service, `select * from ${relation}`)).rejects.toMatchObject({ code: DENIED })
    })

    test.each(OWNED)('%s: another owner sees no row, and changes and deletes none', async relation => {
      const isCode = ['pitchbeat.mine_codes', 'pitchbeat.invitations'].includes(relation)
      const read = relation === 'pitchbeat.tokens' ? 'id' : isCode ? null : '*'
      if (read) expect(await as(other, `select ${read} from ${relation}`)).toEqual([])
      const change = {
        'pitchbeat.projects': "name = 'new'",
        'pitchbeat.campaigns': "title = 'new'",
        'pitchbeat.links': "label = 'new'",
        'pitchbeat.leads': "status = 'new'",
        'pitchbeat.versions': 'at = now()',
      }[relation]
      if (change) expect(await as(other, `update ${relation} set ${change} returning 1`)).toEqual([])
      await expect(as(other, `delete from ${relation}`)).rejects.toMatchObject({ code: DENIED })
    })

    test.each([...OWNED, ...FACTS])('%s: anon and the service reach it in no way', async relation => {
      for (const who of [anon, service])
        for (const statement of [
          `select * from ${relation}`,
          `delete from ${relation}`,
          `insert into ${relation} default values`,
        ])
          await expect(as(who, statement), `${who.role}: ${statement}`).rejects.toMatchObject({
            code: DENIED,
          })
    })

    test.each(FACTS)('%s: even an owner has no way to the table itself', async relation => {
      for (const statement of [`select * from ${relation}`, `delete from ${relation}`])
        await expect(as(owner, statement)).rejects.toMatchObject({ code: DENIED })
    })

    test('an owner sees the row of a token but not its hash', async () => {
      expect(await as(owner, 'select name from pitchbeat.tokens')).toEqual([{ name: 't' }])
      await expect(as(owner, 'select hash from pitchbeat.tokens')).rejects.toMatchObject({ code: DENIED })
    })

    test('nobody puts a campaign into another owner’s project, or a link into their campaign', async () => {
      const intoProject = as(other, `insert into pitchbeat.campaigns (project_id, title) values ($1, 't')`, [
        campaign.project_id,
      ])
      await expect(intoProject).rejects.toMatchObject({ code: DENIED })
      const intoCampaign = as(
        other,
        `insert into pitchbeat.links (campaign_id, slug) values ($1, 'mine-now')`,
        [campaign.id],
      )
      await expect(intoCampaign).rejects.toMatchObject({ code: DENIED })
      const mine = await makeCampaign(store, { owner: 'bob' })
      const moved = as(other, 'update pitchbeat.campaigns set project_id = $1 where id = $2', [
        campaign.project_id,
        mine.id,
      ])
      await expect(moved).rejects.toMatchObject({ code: DENIED })
    })

    test('nobody puts a version into another owner’s campaign', async () => {
      const forged = as(
        other,
        `insert into pitchbeat.versions (campaign_id, id, kind, at, pages)
         values ($1, gen_random_uuid(), 'draft', now() - interval '1 day', '{}')`,
        [campaign.id],
      )
      await expect(forged).rejects.toMatchObject({ code: DENIED })
    })

    test('a publication is written, changed and deleted by nobody, its owner neither', async () => {
      const written = as(
        owner,
        `insert into pitchbeat.versions (campaign_id, id, kind, at, pages)
         values ($1, gen_random_uuid(), 'publication', now(), '{}')`,
        [campaign.id],
      )
      await expect(written).rejects.toMatchObject({ code: DENIED })
      const changed = await as(owner, 'update pitchbeat.versions set at = at returning kind')
      expect(changed).toEqual([{ kind: 'draft' }])
      await expect(as(owner, 'delete from pitchbeat.versions')).rejects.toMatchObject({ code: DENIED })
    })

    test.each(OWNED)('%s: no owner locks it against the others', async relation => {
      for (const mode of ['row exclusive', 'share', 'exclusive', 'access exclusive'])
        await expect(as(owner, `lock table ${relation} in ${mode} mode`), mode).rejects.toMatchObject({
          code: DENIED,
        })
    })

    test('no owner writes the HTML that readers see, a reserved address, or a row that is nobody’s', async () => {
      const html = { pages: {}, html: { summary: '<script>alert(1)</script>' } }
      for (const [text, values] of [
        ['update pitchbeat.campaigns set published = $1', [html]],
        [
          `insert into pitchbeat.campaigns (project_id, title, published) values ($1, 't', $2)`,
          [campaign.project_id, html],
        ],
      ] as const)
        await expect(as(owner, text, [...values])).rejects.toMatchObject({ code: DENIED })
      for (const slug of RESERVED_SLUGS) {
        const insert = 'insert into pitchbeat.links (campaign_id, slug) values ($1, $2)'
        await expect(as(owner, insert, [campaign.id, slug]), slug).rejects.toMatchObject({ code: '23514' })
        await expect(as(owner, 'update pitchbeat.links set slug = $1', [slug])).rejects.toMatchObject({
          code: '23514',
        })
      }
      for (const [table, columns] of [
        ['projects', `(name, owner_id) values ('x', '')`],
        ['campaigns', `(title, owner_id) values ('x', '')`],
        ['tokens', `(name, scope, hash, owner_id) values ('x', 'read', '\\x03', '')`],
        ['mine_codes', `(hash, expires_at, owner_id) values ('\\x03', now(), '')`],
        ['invitations', `(hash, expires_at, owner_id) values ('\\x03', now(), '')`],
      ])
        await expect(store.pool.query(`insert into pitchbeat.${table} ${columns}`)).rejects.toMatchObject({
          code: '23514',
        })
    })

    test('nobody gives a row away, or takes one by naming its owner', async () => {
      for (const text of [
        `insert into pitchbeat.projects (name, owner_id) values ('x', 'ann')`,
        `update pitchbeat.projects set owner_id = 'ann'`,
      ])
        await expect(as(other, text)).rejects.toMatchObject({ code: DENIED })
    })

    test('no function acts for another owner', async () => {
      const session = (await store.pool.query('select id from internal.sessions limit 1')).rows[0].id
      const call = async (text: string, values: unknown[]) =>
        (await as(service, `select ${text} as done`, values))[0]
      expect(
        await call('internal.overrule($1, $2, $3, $4, $5)', ['bob', campaign.id, 'session', session, 'bot']),
      ).toEqual({ done: false })
      expect(await call('internal.erase_session($1, $2, $3)', ['bob', campaign.id, session])).toEqual({
        done: false,
      })
      expect(await call('internal.delete_campaign($1, $2)', ['bob', campaign.id])).toEqual({ done: false })
      expect(await call(`internal.publish($1, $2, '{"html": {}}')`, ['bob', campaign.id])).toEqual({
        done: false,
      })
      expect(await call('internal.delete_project($1, $2)', ['bob', campaign.project_id])).toEqual({
        done: 'unknown',
      })
      const [token] = (await store.pool.query('select id from pitchbeat.tokens')).rows
      expect(await call('internal.delete_token($1, $2)', ['bob', token.id])).toEqual({ done: false })
      const [lead] = (await store.pool.query('select id from pitchbeat.leads')).rows
      expect(await call('internal.erase_lead($1, $2, $3)', ['bob', campaign.id, lead.id])).toEqual({
        done: false,
      })
    })

    test('owners and anon call none of the functions with more rights than theirs', async () => {
      for (const who of [owner, anon])
        for (const text of [
          'internal.save_batch(0)',
          'internal.inbox_depth()',
          'internal.inbox_waits()',
          `internal.page_by_slug('abc')`,
        ])
          await expect(as(who, `select * from ${text}`)).rejects.toMatchObject({ code: DENIED })
    })

    test('the tables of the login are out of reach for all', async () => {
      const { rows } = await store.pool.query(
        `select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace = 'accounts'::regnamespace`,
      )
      for (const { name: table } of rows)
        for (const who of [owner, anon, service])
          await expect(as(who, `select * from ${table}`), table).rejects.toMatchObject({ code: DENIED })
    })
  })
}
