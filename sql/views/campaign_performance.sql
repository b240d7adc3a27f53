-- One row a campaign: the three figures and what they are made of. A rate of null is shown as a dash.
-- Lateral, so that the sessions are found by their campaign: grouped first, those of every owner were read.
create or replace view public.campaign_performance with (security_invoker = true) as
select
  c.id as campaign_id, c.project_id, c.title,
  coalesce(s.actual_sessions, 0) as actual_sessions,
  coalesce(s.engaged_sessions, 0) as engaged_sessions,
  coalesce(s.new_sessions, 0) as new_sessions,
  pitchbeat.engagement_rate(s.engaged_sessions, s.actual_sessions) as engagement_rate,
  coalesce(s.total_time_ms, 0)::bigint as total_time_ms,
  s.last_read_at
from pitchbeat.campaigns c
cross join lateral (
  select
    sum(j.actual_session) as actual_sessions, sum(j.engaged_session) as engaged_sessions,
    sum(j.new_session) as new_sessions, sum(j.counted_ms) as total_time_ms, max(j.read_at) as last_read_at
  from internal.judged_sessions j
  where j.campaign_id = c.id
) s
where c.deleted_at is null;
grant select on public.campaign_performance to authenticated;
