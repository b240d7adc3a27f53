-- Removes up to `max` sessions with all they did, opens and leads of a campaign that are older than the days of its
-- project. A session counts by its last report, so none is cut in two, and the open that it claims goes with it. Answers
-- how many of each.
create or replace function internal.expire_some(campaign uuid, max int) returns table (sessions int, opens int, leads int)
language plpgsql volatile security definer set search_path = ''
as $$
declare
  visits_before timestamptz;
  leads_before timestamptz;
  old_sessions uuid[];
  old_opens uuid[];
begin
  select now() - p.retention_days * interval '1 day', now() - p.lead_retention_days * interval '1 day'
  into visits_before, leads_before
  from pitchbeat.campaigns c join pitchbeat.projects p on p.id = c.project_id
  where c.id = campaign and c.deleted_at is null;
  -- The rows' locks come first, as in a save. What a save has at this moment is heard of again, or waits for the next time.
  select array_agg(k.id) into old_sessions from (
    select s.id from internal.sessions s
    where s.campaign_id = campaign and s.started_at < visits_before and s.last_received_at < visits_before
    order by s.started_at limit max for update skip locked
  ) k;
  select array_agg(k.id) into old_opens from (
    select o.id from internal.opens o
    where o.campaign_id = campaign and o.at < visits_before and (o.claimed_by = any (old_sessions) or not exists (
      select from internal.sessions s where s.campaign_id = campaign and s.id = o.claimed_by))
    order by o.at limit max for update skip locked
  ) k;
  delete from internal.view_parts p where p.campaign_id = campaign and p.session_id = any (old_sessions);
  delete from internal.views v where v.campaign_id = campaign and v.session_id = any (old_sessions);
  delete from internal.events e where e.campaign_id = campaign and e.session_id = any (old_sessions);
  update pitchbeat.leads l set session_id = null where l.campaign_id = campaign and l.session_id = any (old_sessions);
  delete from internal.overrules o where o.campaign_id = campaign
    and (o.subject = 'session' and o.id = any (old_sessions) or o.subject = 'open' and o.id = any (old_opens));
  delete from internal.sessions s where s.campaign_id = campaign and s.id = any (old_sessions);
  get diagnostics sessions = row_count;
  delete from internal.opens o where o.campaign_id = campaign and o.id = any (old_opens);
  get diagnostics opens = row_count;
  delete from pitchbeat.leads l where l.campaign_id = campaign and l.id = any (array(
    select k.id from pitchbeat.leads k where k.campaign_id = campaign and k.created_at < leads_before limit max));
  get diagnostics leads = row_count;
  perform internal.add_tally(jsonb_build_object(
    'expired:session', sessions, 'expired:open', opens, 'expired:lead', leads));
  return next;
end $$;
revoke execute on function internal.expire_some from public;
grant execute on function internal.expire_some to service_role;
