import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'

const STRANGERS = ['public', 'anon', 'authenticated']

/** What the database's own catalogue must say, whatever is added to the schema later. */
export function catalogue(name: string, open: () => Promise<Store>): void {
  describe(`the catalogue: ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store?.close())
    const ask = async (text: string) => (await store.pool.query(text)).rows

    test('row security is on and forced on every table', async () => {
      const tables = await ask(`
        select c.oid::regclass::text as name, c.relrowsecurity and c.relforcerowsecurity as guarded
        from pg_class c where c.relkind in ('r', 'p')
          and c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace)`)
      expect(tables.length).toBeGreaterThan(14)
      expect(tables.filter(one => !one.guarded)).toEqual([])
    })

    test('every policy is for the owner of the tables or for authenticated', async () => {
      const policies = await ask(`
        select distinct unnest(roles)::text as role from pg_policies where schemaname in ('pitchbeat', 'internal')`)
      expect(policies.map(one => one.role).sort()).toEqual(['authenticated', 'pitchbeat_owner'])
    })

    test('facts are read only for owners, and their policies filter by campaign', async () => {
      const policies = await ask(`
        select tablename, cmd, qual from pg_policies where schemaname = 'internal' and 'authenticated' = any (roles)`)
      expect(policies.map(one => one.tablename).sort()).toEqual([
        'events',
        'opens',
        'overrules',
        'sessions',
        'view_parts',
        'views',
      ])
      for (const { cmd, qual } of policies) {
        expect(cmd).toBe('SELECT')
        expect(qual).toMatch(/campaign_id IN \( SELECT/)
        expect(qual).toMatch(/deleted_at IS NULL/)
        expect(qual).toMatch(/current_owner_id/)
      }
    })

    test('no policy builds an array, which would be sorted anew at every rescan of an index', async () => {
      const arrays = await ask(`
        select schemaname || '.' || tablename as name from pg_policies
        where schemaname in ('pitchbeat', 'internal') and concat(qual, with_check) ilike '%array(%'`)
      expect(arrays).toEqual([])
    })

    test('every view asks with the rights of whoever reads it', async () => {
      const views = await ask(`
        select c.oid::regclass::text as name, coalesce('security_invoker=true' = any (c.reloptions), false) as invoker
        from pg_class c where c.relkind in ('v', 'm')
          and c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace, 'public'::regnamespace)`)
      expect(views.length).toBeGreaterThan(6)
      expect(views.filter(one => !one.invoker)).toEqual([])
    })

    test('no function with its owner’s rights can be called by public, anon or authenticated', async () => {
      const functions = await ask(`
        select p.oid::regprocedure::text as name, r.role
        from pg_proc p, unnest(array['anon', 'authenticated']) r (role)
        where p.prosecdef and p.pronamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace)
          and has_function_privilege(r.role, p.oid, 'execute')`)
      expect(functions).toEqual([])
      const definers = await ask(`
        select p.proname as name, p.proconfig, p.proowner::regrole::text as owner from pg_proc p
        where p.prosecdef and p.pronamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace)`)
      expect(definers.length).toBeGreaterThan(10)
      for (const one of definers)
        expect(one, one.name).toMatchObject({ proconfig: ['search_path=""'], owner: 'pitchbeat_owner' })
    })

    test('no function at all can be called by public', async () => {
      const functions = await ask(`
        select p.oid::regprocedure::text as name from pg_proc p
        where p.pronamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace)
          and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                      where a.grantee = 0 and a.privilege_type = 'EXECUTE')`)
      expect(functions).toEqual([])
    })

    test('the service role has no right on any table, column or view', async () => {
      const rights = await ask(`
        select c.oid::regclass::text as name from pg_class c
        where c.relkind in ('r', 'v', 'p', 'S')
          and c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace, 'accounts'::regnamespace)
          and (has_any_column_privilege('service_role', c.oid, 'select, insert, update, references')
            or has_table_privilege('service_role', c.oid, 'delete, truncate, trigger'))`)
      expect(rights).toEqual([])
    })

    test('anon has no right on anything of ours', async () => {
      const schemas = await ask(`
        select nspname as name from pg_namespace where nspname in ('pitchbeat', 'internal', 'accounts')
          and has_schema_privilege('anon', oid, 'usage, create')`)
      expect(schemas).toEqual([])
      const relations = await ask(`
        select c.oid::regclass::text as name from pg_class c
        where c.relkind in ('r', 'v') and c.relname not like 'pg_%'
          and c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace, 'accounts'::regnamespace,
            'public'::regnamespace)
          and has_any_column_privilege('anon', c.oid, 'select, insert, update, references')`)
      expect(relations).toEqual([])
    })

    test('the tables of the login are closed to all four roles', async () => {
      const open = await ask(`
        select r.role from unnest(array['anon', 'authenticated', 'service_role', 'pitchbeat_owner']) r (role)
        where has_schema_privilege(r.role, 'accounts', 'usage, create')`)
      expect(open).toEqual([])
    })

    test('owners have no way into the schema of facts, and may not write one', async () => {
      const [schema] = await ask(
        `select has_schema_privilege('authenticated', 'internal', 'usage, create') as open`,
      )
      expect(schema).toEqual({ open: false })
      const writable = await ask(`
        select c.oid::regclass::text as name from pg_class c
        where c.relkind = 'r' and c.relnamespace = 'internal'::regnamespace
          and (has_any_column_privilege('authenticated', c.oid, 'insert, update, references')
            or has_table_privilege('authenticated', c.oid, 'delete, truncate, trigger'))`)
      expect(writable).toEqual([])
    })

    test('no owner can set whose row it is', async () => {
      const settable = await ask(`
        select attrelid::regclass::text as name from pg_attribute a
        where a.attname = 'owner_id' and a.attrelid::regclass::text like 'pitchbeat.%'
          and has_column_privilege('authenticated', a.attrelid, a.attnum, 'insert, update')`)
      expect(settable).toEqual([])
    })

    test('every fact table has the campaign first in its key', async () => {
      const keys = await ask(`
        select c.oid::regclass::text as name, a.attname as first from pg_index i
        join pg_class c on c.oid = i.indrelid and c.relnamespace = 'internal'::regnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indisprimary and exists (
          select from pg_attribute x where x.attrelid = c.oid and x.attname = 'campaign_id' and x.attnotnull)`)
      expect(keys.length).toBe(8)
      expect(keys.filter(one => one.first !== 'campaign_id')).toEqual([])
    })

    test('what strangers may call says nothing but a judgement on its arguments', async () => {
      const called = await ask(`
        select distinct p.oid::regprocedure::text as name, p.provolatile, p.prosecdef
        from pg_proc p, unnest(array[${STRANGERS.slice(1).map(role => `'${role}'`)}]) r (role)
        where p.pronamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace)
          and has_function_privilege(r.role, p.oid, 'execute') and p.proname <> 'current_owner_id'`)
      expect(called.length).toBeGreaterThan(6)
      for (const one of called) expect(one, one.name).toMatchObject({ provolatile: 'i', prosecdef: false })
    })
  })
}
