-- Erases one session with its views, events and the opens it claims, for good: what arrives later for it is dropped.
-- A lead it brought is a letter to the owner and stays, without the session. False where the owner has no such session.
create or replace function internal.erase_session(owner_id text, campaign_id uuid, id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
declare
  opens uuid[];
begin
  -- a statement of its own, so that what follows sees every finished save
  perform internal.lock_for_erasing(array[erase_session.campaign_id]);
  if not exists (
    select from internal.sessions s
    join pitchbeat.campaigns c on c.id = s.campaign_id
    where s.campaign_id = erase_session.campaign_id and s.id = erase_session.id
      and c.owner_id = erase_session.owner_id and c.deleted_at is null
  ) then
    return false;
  end if;
  select coalesce(array_agg(o.id), '{}') into opens from internal.opens o
  where o.campaign_id = erase_session.campaign_id and o.claimed_by = erase_session.id;
  insert into internal.erased (campaign_id, id)
  select erase_session.campaign_id, e.id from unnest(opens || erase_session.id) e (id)
  on conflict do nothing;
  delete from internal.view_parts p
  where p.campaign_id = erase_session.campaign_id and p.session_id = erase_session.id;
  delete from internal.views v where v.campaign_id = erase_session.campaign_id and v.session_id = erase_session.id;
  delete from internal.events e where e.campaign_id = erase_session.campaign_id and e.session_id = erase_session.id;
  delete from internal.sessions s where s.campaign_id = erase_session.campaign_id and s.id = erase_session.id;
  delete from internal.opens o where o.campaign_id = erase_session.campaign_id and o.id = any (opens);
  delete from internal.overrules o
  where o.campaign_id = erase_session.campaign_id and o.id = any (opens || erase_session.id);
  delete from internal.dead_letters d
  where d.campaign_id = erase_session.campaign_id and d.session_id = erase_session.id;
  update pitchbeat.leads l set session_id = null
  where l.campaign_id = erase_session.campaign_id and l.session_id = erase_session.id;
  return true;
end $$;
revoke execute on function internal.erase_session from public;
grant execute on function internal.erase_session to service_role;
