-- Erases a lead with the event that it is and its place in the figures, for good: the same form sent again stays gone.
-- False where the owner has no such lead.
create or replace function internal.erase_lead(owner_id text, campaign_id uuid, id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
declare
  the_session uuid;
begin
  -- a statement of its own, so that what follows sees every finished save
  perform internal.lock_for_erasing(array[erase_lead.campaign_id]);
  delete from pitchbeat.leads l
  using pitchbeat.campaigns c
  where l.campaign_id = erase_lead.campaign_id and l.id = erase_lead.id
    and c.id = l.campaign_id and c.owner_id = erase_lead.owner_id and c.deleted_at is null
  returning l.session_id into the_session;
  if not found then
    return false;
  end if;
  insert into internal.erased (campaign_id, id) values (erase_lead.campaign_id, erase_lead.id) on conflict do nothing;
  delete from internal.events e
  where e.campaign_id = erase_lead.campaign_id and e.session_id = the_session and e.id = erase_lead.id;
  update internal.sessions s set acts = r.acts, leads = r.leads
  from internal.recounted_sessions r
  where s.campaign_id = erase_lead.campaign_id and s.id = the_session
    and r.campaign_id = erase_lead.campaign_id and r.id = the_session;
  return true;
end $$;
revoke execute on function internal.erase_lead from public;
grant execute on function internal.erase_lead to service_role;
