-- All that an owner has, before the account itself goes: afterwards the links answer as if they had never been.
create or replace function internal.erase_owner(owner_id text) returns void
language plpgsql volatile security definer set search_path = ''
as $$
begin
  -- first of all: waits for the writes under way, and lets none begin
  insert into pitchbeat.owners as o (id, deleted_at) values (erase_owner.owner_id, now())
  on conflict (id) do update set deleted_at = now(), version = o.version + 1;
  perform pg_catalog.pg_advisory_xact_lock(7305, 1);
  perform internal.erase_facts(array(
    select c.id from pitchbeat.campaigns c where c.owner_id = erase_owner.owner_id));
  delete from pitchbeat.campaigns c where c.owner_id = erase_owner.owner_id;
  delete from pitchbeat.projects p where p.owner_id = erase_owner.owner_id;
  delete from pitchbeat.tokens t where t.owner_id = erase_owner.owner_id;
  delete from pitchbeat.mine_codes m where m.owner_id = erase_owner.owner_id;
end $$;
revoke execute on function internal.erase_owner from public;
grant execute on function internal.erase_owner to service_role;
