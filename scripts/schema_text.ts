import type pg from 'pg'

/**
 * The present schema as one text: roles' rights, tables, indexes, policies, rules, functions and views, in a fixed
 * order. Made from the catalogue, so that it can be made without a server and does not depend on pg_dump's version.
 */
export async function schemaText(pool: pg.Pool): Promise<string> {
  const ask = async (text: string) =>
    (await pool.query<{ line: string }>(text)).rows.map(row => row.line.trimEnd())
  const tables = await ask(`
    select format(E'create table %s (\\n%s\\n);', c.oid::regclass, string_agg(line, E',\\n' order by n)) as line
    from pg_class c, lateral (
      select a.attnum::int as n, format('  %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attcollation <> 0 and co.collname <> 'default' then format(' collate %I', co.collname) else '' end,
        case when a.attidentity <> '' then ' generated always as identity'
          when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
        case when a.attnotnull then ' not null' else '' end) as line
      from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_collation co on co.oid = a.attcollation
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      union all
      select 1000 + row_number() over (order by k.contype desc, k.conname), format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
      from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')
    ) columns
    where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('pitchbeat', 'internal', 'accounts')
    group by c.oid, c.relnamespace, c.relname
    order by c.relnamespace::regnamespace::text collate "C", c.relname collate "C"`)
  const indexes = await ask(`
    select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i
    join pg_class c on c.oid = i.indrelid
    where c.relnamespace::regnamespace::text in ('pitchbeat', 'internal', 'accounts')
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    order by c.relnamespace::regnamespace::text collate "C", i.indexrelid::regclass::text collate "C"`)
  const policies = await ask(`
    select format(E'create policy %I on %I.%I as %s for %s to %s', policyname, schemaname, tablename, lower(permissive), lower(cmd), array_to_string(roles, ', '))
      || coalesce(E'\\n  using (' || qual || ')', '') || coalesce(E'\\n  with check (' || with_check || ')', '') || ';' as line
    from pg_policies where schemaname in ('pitchbeat', 'internal')
    order by schemaname collate "C", tablename collate "C", policyname collate "C"`)
  const guarded = await ask(`
    select format('alter table %s enable row level security%s;', c.oid::regclass,
      case when c.relforcerowsecurity then ', force row level security' else '' end) as line
    from pg_class c where c.relrowsecurity and c.relkind = 'r'
    order by c.relnamespace::regnamespace::text collate "C", c.relname collate "C"`)
  const functions = await ask(`
    select pg_get_functiondef(p.oid) || ';' as line from pg_proc p
    where p.pronamespace::regnamespace::text in ('pitchbeat', 'internal')
    order by p.pronamespace::regnamespace::text collate "C", p.proname collate "C"`)
  const views = await ask(`
    select format(E'create view %s with (%s) as\\n', c.oid::regclass, array_to_string(c.reloptions, ', '))
      || pg_get_viewdef(c.oid, true) as line
    from pg_class c where c.relkind = 'v' and pg_get_userbyid(c.relowner) = 'pitchbeat_owner'
    order by c.relnamespace::regnamespace::text collate "C", c.relname collate "C"`)
  const grants = await ask(`
    select format('grant %s on %s %s to %s;', string_agg(what, ', ' order by what collate "C"), kind, name, role) as line
    from (
      select 'schema' as kind, n.nspname::text as name, a.grantee::regrole::text as role, lower(a.privilege_type) as what
      from pg_namespace n, aclexplode(n.nspacl) a
      where n.nspname in ('pitchbeat', 'internal') and a.grantee <> n.nspowner
      union all
      select 'table', c.oid::regclass::text, a.grantee::regrole::text, lower(a.privilege_type)
      from pg_class c, aclexplode(c.relacl) a
      where c.relkind in ('r', 'v') and pg_get_userbyid(c.relowner) = 'pitchbeat_owner' and a.grantee <> c.relowner
      union all
      select 'table', c.oid::regclass::text, a.grantee::regrole::text,
        format('%s (%s)', lower(a.privilege_type), string_agg(t.attname, ', ' order by t.attnum))
      from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
      where c.relkind = 'r' and pg_get_userbyid(c.relowner) = 'pitchbeat_owner'
      group by c.oid, a.grantee, a.privilege_type
      union all
      select 'function', p.oid::regprocedure::text, a.grantee::regrole::text, lower(a.privilege_type)
      from pg_proc p, aclexplode(p.proacl) a
      where p.pronamespace::regnamespace::text in ('pitchbeat', 'internal') and a.grantee <> p.proowner
    ) g
    group by kind, name, role
    order by kind collate "C", name collate "C", role collate "C"`)
  const part = (title: string, lines: string[], gap = '\n') => `-- ${title}\n\n${lines.join(gap)}\n`
  return [
    '-- The present schema, for reading. Made by `npm run schema` from sql/; change that, not this.\n',
    part('tables', tables, '\n\n'),
    part('indexes beside the keys', indexes),
    part('row security', guarded),
    part('policies', policies, '\n\n'),
    part('rules and functions', functions, '\n'),
    part('views', views, '\n\n'),
    part('grants', grants),
  ].join('\n')
}
