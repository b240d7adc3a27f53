import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import type { Store } from '../../src/store/store.ts'

/** What must hold each time a process starts on a database. */
export function migrations(name: string, open: () => Promise<Store>): void {
  describe(`migrate: ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store?.close())
    const run = (text: string) => store.pool.query(text)
    /** Every object of ours with the transaction that last touched it. */
    const state = async () =>
      (
        await run(`
          select 'relation' as kind, oid::regclass::text as name, xmin::text from pg_class
            where relnamespace::regnamespace::text in ('pitchbeat', 'internal', 'accounts') or relname like 'campaign\\_%'
          union all
          select 'function', oid::regprocedure::text, xmin::text from pg_proc
            where pronamespace::regnamespace::text in ('pitchbeat', 'internal')
          union all select 'role', rolname, xmin::text from pg_authid
          union all select 'schema', nspname, xmin::text from pg_namespace
          union all select 'migration', m.name, m.xmin::text from internal.migrations m
          order by 1, 2`)
      ).rows

    test('a second time changes nothing at all', async () => {
      const before = await state()
      expect(before.length).toBeGreaterThan(60)
      await migrate(store.pool)
      expect(await state()).toEqual(before)
    })

    test('brings back a definition that somebody changed in the book', async () => {
      await run(`update internal.definitions set hash = 'old' where name = 'internal.save_batch'`)
      await run('create or replace function internal.left_over() returns int language sql return 1')
      await run(`insert into internal.definitions values ('internal.left_over', 'function', 'x')`)
      await migrate(store.pool)
      const { rows } = await run(`select to_regproc('internal.left_over') as left_over,
        has_function_privilege('service_role', 'internal.prepare_save(uuid[])', 'execute') as granted,
        (select count(*) from internal.definitions where hash = 'old') as old`)
      expect(rows).toEqual([{ left_over: null, granted: true, old: 0 }])
    })

    test('replaces in place where a host’s own view stands on one of ours', async () => {
      await run('create view public.hosts_own as select campaign_id from public.campaign_performance')
      await run(`update internal.definitions set hash = 'old' where name = 'public.campaign_performance'`)
      await migrate(store.pool)
      const { rows } = await run(`select to_regclass('public.hosts_own') is not null as there`)
      expect(rows).toEqual([{ there: true }])
      await run('drop view public.hosts_own')
    })

    test('stops, naming it, where somebody else’s object stands in the place of a public view', async () => {
      await run('drop view public.campaign_views')
      await run('create table public.campaign_views (mine int)')
      await run(`select set_config('pitchbeat.generation', '1000000', true);
        delete from internal.definitions where name = 'public.campaign_views'`)
      await expect(migrate(store.pool)).rejects.toThrow(/public\.campaign_views/)
      expect((await run('select * from public.campaign_views')).rows).toEqual([])
      await run('drop table public.campaign_views')
      await migrate(store.pool)
      const { rows } = await run(
        `select relkind = 'v' as view from pg_class where oid = 'public.campaign_views'::regclass`,
      )
      expect(rows).toEqual([{ view: true }])
    })

    test('a program of before generations, which names none, cannot replace a definition', async () => {
      await expect(run('delete from internal.definitions')).rejects.toThrow(
        /rules of a newer Pitchbeat \(generation \d+\).*Start the newer program/,
      )
    })

    test('leaves the connection as it found it', async () => {
      const { rows } = await run(`select current_user = session_user as itself`)
      expect(rows).toEqual([{ itself: true }])
    })
  })
}
