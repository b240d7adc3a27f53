-- All that an owner has, before the account itself goes: from the commit on the links answer as if they had never been,
-- and erase_some removes what was recorded, a little at a time.
create or replace function internal.erase_owner(owner_id text) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  campaigns uuid[];
begin
  -- first of all: waits for the writes under way, and lets none begin
  insert into pitchbeat.owners as o (id, deleted_at) values (erase_owner.owner_id, now())
  on conflict (id) do update set deleted_at = now(), version = o.version + 1;
  with deleted as (
    update pitchbeat.campaigns c
    set deleted_at = coalesce(c.deleted_at, now()), project_id = null, title = 'deleted', draft = '{}', published = null,
      published_at = null
    where c.owner_id = erase_owner.owner_id
    returning c.id
  )
  select coalesce(array_agg(d.id), '{}') into campaigns from deleted d;
  insert into internal.erasures (campaign_id) select c.id from unnest(campaigns) c (id) on conflict do nothing;
  delete from pitchbeat.links l where l.campaign_id = any (campaigns);
  delete from pitchbeat.projects p where p.owner_id = erase_owner.owner_id;
  delete from pitchbeat.tokens t where t.owner_id = erase_owner.owner_id;
  delete from pitchbeat.mine_codes m where m.owner_id = erase_owner.owner_id;
  delete from pitchbeat.invitations i where i.owner_id = erase_owner.owner_id;
  -- last, so that saves wait for nothing but the commit; those under way, which know of no deletion, end first
  perform internal.lock_for_erasing(campaigns);
end $$;
revoke execute on function internal.erase_owner from public;
grant execute on function internal.erase_owner to service_role;
