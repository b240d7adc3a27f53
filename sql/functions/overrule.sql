-- The owner's own word on a session or open; null takes it back. False where the owner has no such thing.
create or replace function internal.overrule(owner_id text, campaign_id uuid, subject text, id uuid, verdict text)
returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
declare
  found_it boolean;
begin
  perform internal.lock_for_saving(array[overrule.campaign_id]);
  select exists (
    select from pitchbeat.campaigns c
    where c.id = overrule.campaign_id and c.owner_id = overrule.owner_id and c.deleted_at is null
  ) and (
    subject = 'session' and exists (
      select from internal.sessions s where s.campaign_id = overrule.campaign_id and s.id = overrule.id)
    or subject = 'open' and exists (
      select from internal.opens o where o.campaign_id = overrule.campaign_id and o.id = overrule.id)
  ) into found_it;
  if found_it and verdict is null then
    delete from internal.overrules o
    where o.campaign_id = overrule.campaign_id and o.subject = overrule.subject and o.id = overrule.id;
  elsif found_it then
    insert into internal.overrules (campaign_id, subject, id, verdict)
    values (overrule.campaign_id, overrule.subject, overrule.id, overrule.verdict)
    on conflict on constraint overrules_pkey do update set verdict = excluded.verdict, at = excluded.at;
  end if;
  return found_it;
end $$;
revoke execute on function internal.overrule from public;
grant execute on function internal.overrule to service_role;
