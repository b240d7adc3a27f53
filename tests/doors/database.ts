import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Identity } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { makeOwner } from '../store/campaigns.ts'

const service: Identity = { role: 'service_role' }
const owner = (owner_id: string): Identity => ({ role: 'authenticated', owner_id })
const newProject = `insert into pitchbeat.projects (name) values ($1) returning id`

/** What every adapter of the store's door must do. */
export function databaseDoor(name: string, open: () => Promise<Store>): void {
  describe(`the store's door: ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
      for (const id of ['keeps', 'throws', 'sqlstate', 'swallows']) await makeOwner(store, id)
    })
    afterAll(() => store?.close())

    const projects = (who: string) =>
      store.database.as(owner(who), query => query<{ name: string }>('select name from pitchbeat.projects'))

    test('keeps what the work wrote', async () => {
      await store.database.as(owner('keeps'), query => query(newProject, ['one']))
      expect(await projects('keeps')).toEqual([{ name: 'one' }])
    })

    test('keeps nothing of a work that throws, and passes on what it threw', async () => {
      const thrown = new Error('no')
      const work = store.database.as(owner('throws'), async query => {
        await query(newProject, ['one'])
        throw thrown
      })
      await expect(work).rejects.toBe(thrown)
      expect(await projects('throws')).toEqual([])
    })

    test('passes database errors on with their SQLSTATE', async () => {
      const work = store.database.as(owner('sqlstate'), query => query('select 1 / 0'))
      await expect(work).rejects.toMatchObject({ code: '22012' })
      const nul = store.database.as(owner('sqlstate'), query => query(newProject, ['a\0b']))
      await expect(nul).rejects.toMatchObject({ code: '22021' })
    })

    test('does not report success where the work swallowed a failed statement', async () => {
      const work = store.database.as(owner('swallows'), async query => {
        await query(newProject, ['one'])
        await query('select 1 / 0').catch(() => {})
      })
      await expect(work).rejects.toThrow(/rolled back/)
      expect(await projects('swallows')).toEqual([])
    })

    test('is the role and owner it was asked to be, and nobody afterwards', async () => {
      const who = await store.database.as(owner('me "\' \\ ü'), query =>
        query('select current_user, pitchbeat.current_owner_id() as owner'),
      )
      expect(who).toEqual([{ current_user: 'authenticated', owner: 'me "\' \\ ü' }])
      const then = await store.pool.query(
        `select current_user = session_user as itself, nullif(current_setting('request.jwt.claims', true), '') as claims`,
      )
      expect(then.rows).toEqual([{ itself: true, claims: null }])
    })

    test('refuses a transaction inside a transaction', async () => {
      const work = store.database.as(service, () => store.database.as(service, async () => {}))
      await expect(work).rejects.toThrow(/inside a transaction/)
    })

    test('refuses a query that comes after the end', async () => {
      const late = await store.database.as(service, async query => () => query('select 1'))
      await expect(late()).rejects.toThrow(/over/)
    })

    test('answers many at once, each with its own identity', async () => {
      const names = Array.from({ length: 24 }, (_, i) => `crowd ${i}`)
      for (const name of names) await makeOwner(store, name)
      const seen = await Promise.all(
        names.map(name =>
          store.database.as(owner(name), async query => {
            await query(newProject, [name])
            return query<{ name: string }>('select name from pitchbeat.projects')
          }),
        ),
      )
      expect(seen).toEqual(names.map(name => [{ name }]))
    })

    test('answers bigint as number, date as text, timestamptz as Date, bytea as bytes', async () => {
      const [row] = await store.database.as(service, query =>
        query(`select 9007199254740991::bigint as big, sum(2::bigint) as sum, date '2026-03-29' as day,
          timestamptz '2026-03-29 01:30:00.123Z' as at, '\\x00ff'::bytea as bytes, '{a,"b c"}'::text[] as list,
          '{"a":1}'::jsonb as json`),
      )
      expect(row).toEqual({
        big: 9007199254740991,
        sum: 2,
        day: '2026-03-29',
        at: new Date('2026-03-29T01:30:00.123Z'),
        bytes: Buffer.from([0, 255]),
        list: ['a', 'b c'],
        json: { a: 1 },
      })
    })

    test('carries a parameter of a megabyte in both directions', async () => {
      const bytes = Buffer.alloc(1_000_000, 'ab')
      const [row] = await store.database.as(service, query =>
        query<{ bytes: Buffer }>('select $1::bytea as bytes', [bytes]),
      )
      expect(row!.bytes.equals(bytes)).toBe(true)
    })

    test('keeps house while others work', async () => {
      await Promise.all([store.database.maintain(), projects('keeps'), store.database.maintain()])
      expect(await projects('keeps')).toEqual([{ name: 'one' }])
    })

    test('closes once, however often it is asked to', async () => {
      await store.close()
      await store.close()
      await expect(store.database.as(service, async () => {})).rejects.toThrow()
    })
  })
}
