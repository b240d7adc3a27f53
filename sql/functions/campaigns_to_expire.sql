-- The campaigns that have something older than the days of their project.
create or replace function internal.campaigns_to_expire() returns table (id uuid)
language sql stable security definer set search_path = ''
begin atomic
  select c.id
  from pitchbeat.campaigns c
  join pitchbeat.projects p on p.id = c.project_id
  where c.deleted_at is null and (
    exists (select from internal.sessions s where s.campaign_id = c.id
      and s.started_at < now() - p.retention_days * interval '1 day'
      and s.last_received_at < now() - p.retention_days * interval '1 day')
    or exists (select from internal.opens o where o.campaign_id = c.id
      and o.at < now() - p.retention_days * interval '1 day')
    or exists (select from pitchbeat.leads l where l.campaign_id = c.id
      and l.created_at < now() - p.lead_retention_days * interval '1 day'))
  order by c.id;
end;
revoke execute on function internal.campaigns_to_expire from public;
grant execute on function internal.campaigns_to_expire to service_role;
