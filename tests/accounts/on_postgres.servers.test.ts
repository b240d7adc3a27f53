import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFirstOwner } from '../../src/accounts/first_owner.ts'
import { type StoresOnPostgres, storesOnPostgres } from '../store/open_postgres.ts'
import { openStudio, PASSWORD, type Studio } from './studio.ts'

/** What only a database with several connections can prove, and the login on PostgreSQL. */

let postgres: StoresOnPostgres
let first: Studio
let second: Studio
beforeAll(async () => {
  postgres = await storesOnPostgres()
  first = await openStudio({ store: await postgres.open(), setUp: false })
  second = await openStudio({ store: await postgres.reopen(), setUp: false })
})
afterAll(() => postgres?.stop())

describe('on PostgreSQL', () => {
  it('ten set-ups at once in two web processes make one owner', async () => {
    const code = await first.accounts.setupCode()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        [first, second][i % 2]!.browser().ask('POST', '/api/setup', {
          body: {
            code,
            name: `Owner ${i}`,
            email: `owner${i}@example.com`,
            password: PASSWORD,
            time_zone: 'Europe/Tallinn',
          },
        }),
      ),
    )
    expect(answers.map(answer => answer.status).sort()).toEqual([201, ...Array(9).fill(409)])
    const { rows } = await first.store.pool.query(
      'select (select count(*) from accounts."user") as users, (select count(*) from pitchbeat.projects) as projects',
    )
    expect(rows).toEqual([{ users: 1, projects: 1 }])
  })

  it('the database alone decides who is first, when all passwords are hashed already', async () => {
    const [one, other] = [await postgres.open(), await postgres.reopen()]
    // all eight connections stand before the race begins
    await Promise.all(
      [one, other].flatMap(({ pool }) => Array.from({ length: 4 }, () => pool.query('select pg_sleep(0.2)'))),
    )
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        makeFirstOwner([one, other][i % 2]!.pool, {
          name: `Owner ${i}`,
          email: `owner${i}@example.com`,
          passwordHash: 'x',
        }),
      ),
    )
    expect(made.filter(id => id !== null)).toHaveLength(1)
    expect((await one.pool.query('select count(*) as n from accounts."user"')).rows[0].n).toBe(1)
  })

  it('a login of one process is known to the other, and a stranger sees nothing of it', async () => {
    const mara = await first.owner('mara@example.com')
    const { body } = await mara.ask('POST', '/api/campaigns', {
      body: { project_id: mara.project, title: 'Private' },
    })
    const there = second.browser()
    for (const [name, value] of mara.cookies) there.cookies.set(name, value)
    expect((await there.get(`/api/campaigns/${body.id}`)).title).toBe('Private')
    const jon = await second.owner('jon@example.com')
    for (const path of ['', '/links', '/leads', '/figures', '/sessions', '/opens', '/reports/reconcile'])
      expect((await jon.ask('GET', `/api/campaigns/${body.id}${path}`)).status).toBe(404)
    expect((await jon.get('/api/campaigns')).items).toEqual([])
  })

  it('one slug is given once, however many ask for it at the same moment', async () => {
    const ask = async (studio: Studio, email: string) => {
      const who = await studio.owner(email)
      const { body } = await who.ask('POST', '/api/campaigns', {
        body: { project_id: who.project, title: 'x' },
      })
      return () => who.ask('POST', `/api/campaigns/${body.id}/links`, { body: { slug: 'the-one' } })
    }
    const asks = [await ask(first, 'a@example.com'), await ask(second, 'b@example.com')]
    const answers = await Promise.all([...asks, ...asks].map(one => one()))
    expect(answers.map(answer => answer.status).sort()).toEqual([201, 409, 409, 409])
  })
})
