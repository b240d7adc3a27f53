-- role: login
-- Who may write. `version` grows with all that ends logins or tokens at once; a request that proved itself under an
-- older one is refused. The row outlives a deleted account, so that nobody goes on in its name.
select set_config('pitchbeat.accounts', (select coalesce(json_agg(u.id), '[]')::text from accounts."user" u), true);
set local role pitchbeat_owner;

create table pitchbeat.owners (
  id text primary key check (id <> ''),
  version int not null default 1,
  deleted_at timestamptz
);
alter table pitchbeat.owners enable row level security, force row level security;
create policy system on pitchbeat.owners to pitchbeat_owner using (true) with check (true);

insert into pitchbeat.owners (id)
select a.id from json_array_elements_text(current_setting('pitchbeat.accounts')::json) a (id)
union select p.owner_id from pitchbeat.projects p where p.owner_id <> ''
union select c.owner_id from pitchbeat.campaigns c where c.owner_id <> ''
union select t.owner_id from pitchbeat.tokens t where t.owner_id <> '';

-- Reads need no such row, so that the views fit any login. A write locks it: the deletion of an account waits for the
-- writes under way, and no write begins after it. Functions for the service carry no claim `sub` and are not asked.
create function pitchbeat.require_living_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform from pitchbeat.owners o where o.id = pitchbeat.current_owner_id() and o.deleted_at is null for share;
  if not found then
    raise exception 'this owner does not exist, or was deleted' using errcode = 'PB401';
  end if;
  return null;
end $$;
revoke execute on function pitchbeat.require_living_owner() from public;

do $$
declare
  name text;
begin
  foreach name in array array['projects', 'campaigns', 'links', 'leads', 'tokens', 'mine_codes'] loop
    execute format('create trigger living_owner before insert or update or delete on pitchbeat.%I
      for each statement when (pitchbeat.current_owner_id() is not null)
        execute function pitchbeat.require_living_owner()', name);
  end loop;
end $$;
