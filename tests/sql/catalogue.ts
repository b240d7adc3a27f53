import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'

const STRANGERS = ['public', 'anon', 'authenticated']

/**
 * Functions without a search_path of their own: PostgreSQL writes the body of such a function into the statement that
 * calls it, which a setting forbids. They are judged once a row, so a real call each time would cost reports dearly.
 * Their bodies are parsed when they are made, so whoever calls them cannot give another meaning to a name.
 */
const INLINED = [
  'internal.add_drop',
  'internal.bucket_of',
  'pitchbeat.before_first_ms',
  'pitchbeat.credited_ms',
  'pitchbeat.current_owner_id',
  'pitchbeat.engagement_rate',
  'pitchbeat.flag',
  'pitchbeat.folded',
  'pitchbeat.is_actual',
  'pitchbeat.is_engaged',
  'pitchbeat.is_over',
  'pitchbeat.shows_title',
  'pitchbeat.too_many_of_one_open',
  'pitchbeat.verdict',
  'pitchbeat.verdict_reason',
  'pitchbeat.withheld_ms',
]

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

    test.each(['judged_sessions', 'judged_opens'])(
      'no function is called for a row of %s: its rules are inlined',
      async view => {
        const plan = await ask(`explain (verbose, costs off) select * from internal.${view}`)
        const text = plan.map(row => Object.values(row)[0]).join('\n')
        expect(text).toMatch(/no_input_gone|prefetch/)
        expect(text.match(/pitchbeat\.\w+\(/g)).toBeNull()
      },
    )

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

    test('every function looks names up nowhere, but for those that are written into their callers', async () => {
      const functions = await ask(`
        select p.pronamespace::regnamespace::text || '.' || p.proname as name, p.prosecdef, p.provolatile,
          p.prosqlbody is not null as parsed, p.proconfig
        from pg_proc p where p.pronamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace) order by 1`)
      const open = functions.filter(one => !(one.proconfig ?? []).includes('search_path=""'))
      expect(open.map(one => one.name)).toEqual(INLINED)
      for (const one of open) {
        expect(one, one.name).toMatchObject({ prosecdef: false, parsed: true })
        expect(one.provolatile, one.name).not.toBe('v')
      }
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

    test('the tables of the login show nobody but their owner a row', async () => {
      const tables = await ask(`
        select c.relname as name, c.relrowsecurity as guarded,
          exists (select from pg_policy p where p.polrelid = c.oid) as opened
        from pg_class c where c.relkind = 'r' and c.relnamespace = 'accounts'::regnamespace`)
      expect(tables.length).toBe(4)
      for (const one of tables) expect(one, one.name).toMatchObject({ guarded: true, opened: false })
    })

    test('nobody but the owner of the tables may lock one against others', async () => {
      // what LOCK TABLE asks for: a right on the whole table to update, delete or truncate; on PostgreSQL 15 insert too
      const lockable = await ask(`
        select c.oid::regclass::text as name, r.role from pg_class c,
          unnest(array['anon', 'authenticated', 'service_role']) r (role)
        where c.relkind = 'r'
          and c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace, 'accounts'::regnamespace)
          and has_table_privilege(r.role, c.oid, 'insert, update, delete, truncate, references, trigger')`)
      expect(lockable).toEqual([])
    })

    test('the HTML that readers see cannot be written by an owner, nor a row be nobody’s', async () => {
      const writable = await ask(`
        select a.attname as name from pg_attribute a
        where a.attrelid = 'pitchbeat.campaigns'::regclass and a.attname = 'published'
          and has_column_privilege('authenticated', a.attrelid, a.attnum, 'insert, update')`)
      expect(writable).toEqual([])
      const open = await ask(`
        select a.attrelid::regclass::text as name from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
        where a.attname = 'owner_id' and c.relnamespace = 'pitchbeat'::regnamespace
          and not (a.attnotnull and exists (
            select from pg_constraint k where k.conrelid = a.attrelid
              and pg_get_constraintdef(k.oid) like 'CHECK ((owner_id <> ''''::text))%'))`)
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

    describe('the checks of https://github.com/supabase/splinter', () => {
      const OURS = `('pitchbeat'::regnamespace, 'internal'::regnamespace, 'accounts'::regnamespace)`
      const nothing = (name: string, text: string) =>
        test(name, async () => {
          expect(await ask(text)).toEqual([])
        })

      nothing(
        'unindexed_foreign_keys: an index begins with the columns of each foreign key',
        `select k.conrelid::regclass::text as name, k.conname from pg_constraint k
         join pg_class c on c.oid = k.conrelid and c.relnamespace in ${OURS}
         where k.contype = 'f' and not exists (
           select from pg_index i where i.indrelid = k.conrelid
             and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] operator(pg_catalog.@>) k.conkey)`,
      )
      nothing(
        'auth_rls_initplan: a policy asks once who is asking, not once a row',
        `select tablename, policyname from pg_policies
         where schemaname in ('pitchbeat', 'internal', 'accounts')
           and regexp_replace(coalesce(qual, '') || coalesce(with_check, ''),
             '\\( ?SELECT (pitchbeat\\.)?current_owner_id\\(\\)', '', 'gi') ~ '(current_owner_id|current_setting) ?\\('`,
      )
      nothing(
        'no_primary_key: every table has one',
        `select c.oid::regclass::text as name from pg_class c
         where c.relkind = 'r' and c.relnamespace in ${OURS}
           and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
      )
      nothing(
        'multiple_permissive_policies: one permissive policy for a table, role and command',
        `select tablename, role, cmd from (
           select p.tablename, r.role, a.cmd from pg_policies p, unnest(p.roles) r (role),
             unnest(case p.cmd when 'ALL' then array['SELECT', 'INSERT', 'UPDATE', 'DELETE'] else array[p.cmd] end) a (cmd)
           where p.permissive = 'PERMISSIVE' and p.schemaname in ('pitchbeat', 'internal', 'accounts')
         ) one group by 1, 2, 3 having count(*) > 1`,
      )
      nothing(
        'policy_exists_rls_disabled, rls_disabled_in_public: row security is on wherever there is a table',
        `select c.oid::regclass::text as name from pg_class c
         where c.relkind in ('r', 'p') and c.relnamespace in ${OURS} and not c.relrowsecurity`,
      )
      nothing(
        'rls_enabled_no_policy: row security without a policy closes only the tables of the login',
        `select c.oid::regclass::text as name from pg_class c
         where c.relrowsecurity and c.relnamespace in ${OURS} and c.relnamespace <> 'accounts'::regnamespace
           and not exists (select from pg_policy p where p.polrelid = c.oid)`,
      )
      nothing(
        'permissive_rls_policy: nobody but the owner of the tables has a policy that is always true',
        `select tablename, policyname from pg_policies
         where schemaname in ('pitchbeat', 'internal', 'accounts') and roles <> '{pitchbeat_owner}'
           and (qual = 'true' or with_check = 'true' or (qual is null and with_check is null))`,
      )
      nothing(
        'rls_references_user_metadata: no policy believes what users write about themselves',
        `select tablename, policyname from pg_policies
         where coalesce(qual, '') || coalesce(with_check, '') ~ 'metadata'`,
      )
      nothing(
        'duplicate_index: no two indexes of a table are the same',
        `select i.indrelid::regclass::text as name from pg_index i
         join pg_class c on c.oid = i.indrelid and c.relnamespace in ${OURS}
         group by i.indrelid, i.indkey::text, i.indclass::text, i.indoption::text,
           pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)
         having count(*) > 1`,
      )
      nothing(
        'security_definer_view, auth_users_exposed, materialized_view_in_api, foreign_table_in_api: no relation passes on rights',
        `select c.oid::regclass::text as name from pg_class c
         where c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace, 'public'::regnamespace)
           and (c.relkind in ('m', 'f')
             or c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))`,
      )
      nothing(
        'extension_in_public: no extension lives among our views',
        `select extname from pg_extension where extnamespace = 'public'::regnamespace`,
      )
      nothing(
        'unsupported_reg_types: no column breaks an upgrade of PostgreSQL',
        `select a.attrelid::regclass::text as name, a.attname from pg_attribute a
         join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace in ${OURS}
         where a.attnum > 0 and not a.attisdropped and a.atttypid in ('regcollation'::regtype, 'regconfig'::regtype,
           'regdictionary'::regtype, 'regnamespace'::regtype, 'regoper'::regtype, 'regoperator'::regtype,
           'regproc'::regtype, 'regprocedure'::regtype)`,
      )
      nothing(
        'sensitive_columns_exposed: nobody reads a hash, a secret or a payload',
        `select c.oid::regclass::text as name, a.attname, r.role from pg_attribute a
         join pg_class c on c.oid = a.attrelid, unnest(array['anon', 'authenticated', 'service_role']) r (role)
         where c.relkind in ('r', 'v', 'm') and a.attnum > 0 and not a.attisdropped
           and c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace, 'accounts'::regnamespace,
             'public'::regnamespace)
           and a.attname ~* 'hash|secret|password|token|payload'
           and has_column_privilege(r.role, a.attrelid, a.attnum, 'select')`,
      )
    })
  })
}
