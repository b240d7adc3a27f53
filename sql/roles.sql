-- Runs before every migrate, as the login role, and changes nothing where all is in place.
-- Roles belong to the whole cluster: another database may have made them, or be making them at this moment.
do $$
declare
  name text;
  pg16 boolean := current_setting('server_version_num')::int >= 160000;
  superuser boolean := (select rolsuper from pg_catalog.pg_roles where rolname = current_user);
begin
  foreach name in array array['anon', 'authenticated', 'service_role', 'pitchbeat_owner'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin noinherit', name);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
  end loop;

  if not pg_catalog.has_schema_privilege('pitchbeat_owner', 'public', 'create') then
    grant usage, create on schema public to pitchbeat_owner;
    if not pg_catalog.has_schema_privilege('pitchbeat_owner', 'public', 'create') then
      raise exception '% may not let others create in the schema public: let the database''s owner run "grant create on schema public to pitchbeat_owner"', current_user
        using errcode = '42501';
    end if;
  end if;

  -- After the grant above, because on PostgreSQL 15 a database's owner has the right to it by inheritance.
  foreach name in array array['anon', 'authenticated', 'service_role', 'pitchbeat_owner'] loop
    -- The login may become each of the four and inherits nothing from them. A superuser may anyway.
    -- Before PostgreSQL 16 inheriting is a property of the member, not of the membership.
    if not superuser and pg16 then
      if not pg_catalog.pg_has_role(current_user, name, 'SET') then
        execute format('grant %I to current_user with inherit false, set true', name);
      end if;
    elsif not superuser then
      if not exists (select from pg_catalog.pg_auth_members m
                     where m.member = current_user::regrole and m.roleid = name::regrole) then
        execute format('grant %I to current_user', name);
      end if;
      if (select rolinherit from pg_catalog.pg_roles where rolname = current_user)
        and not exists (select from pg_catalog.pg_auth_members m
                        join pg_catalog.pg_roles r on r.oid = m.roleid
                        where m.member = current_user::regrole
                          and r.rolname not in ('anon', 'authenticated', 'service_role', 'pitchbeat_owner')) then
        execute format('alter role %I noinherit', current_user);
      end if;
    end if;
  end loop;

  foreach name in array array['pitchbeat', 'internal'] loop
    if to_regnamespace(name) is null then
      execute format('create schema %I authorization pitchbeat_owner', name);
    elsif (select nspowner from pg_catalog.pg_namespace where nspname = name) <> 'pitchbeat_owner'::regrole then
      raise exception 'the schema "%" belongs to somebody else in this database', name using errcode = '42P06';
    end if;
  end loop;
  -- the login library's own tables, closed to the four
  if to_regnamespace('accounts') is null then
    create schema accounts;
  end if;
end $$;
