-- One session, as in sessions.sql.
-- $1 campaign · $2 session
select
  s.id, s.link_id, l.label as link_label, l.slug as link_slug, s.flag, s.verdict, s.reason, s.started_at,
  s.last_received_at as ended_at, s.credited_ms, s.active_ms as claimed_ms, s.acts, s.device, s.browser, s.os,
  s.referrer_host as referrer, (extract(epoch from s.started_at) * 1000000)::bigint as key
from public.campaign_sessions s
join pitchbeat.links l on l.campaign_id = s.campaign_id and l.id = s.link_id
where s.campaign_id = $1 and s.id = $2
