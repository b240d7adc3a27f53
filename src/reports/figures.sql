-- The three figures and what they are made of, from the session rows alone: no other facts are joined for a headline.
-- $1 campaign · $2 since · $3 before · $4 link
select
  coalesce(sum(s.actual_session), 0)::bigint as actual_sessions,
  coalesce(sum(s.engaged_session), 0)::bigint as engaged_sessions,
  coalesce(sum(s.new_session), 0)::bigint as new_sessions,
  pitchbeat.engagement_rate(sum(s.engaged_session), sum(s.actual_session)) as engagement_rate,
  coalesce(sum(s.counted_ms), 0)::bigint as total_time_ms,
  max(s.read_at) as last_read_at
from public.campaign_sessions s
where s.campaign_id = $1
  and ($2::timestamptz is null or s.started_at >= $2)
  and ($3::timestamptz is null or s.started_at < $3)
  and ($4::uuid is null or s.link_id = $4)
