-- The figures of every link of the campaign, unread ones too: last read first.
-- $1 campaign · $2 since · $3 before · $4 link
select
  l.id as link_id, l.label, l.slug,
  coalesce(f.actual_sessions, 0)::bigint as actual_sessions,
  coalesce(f.engaged_sessions, 0)::bigint as engaged_sessions,
  coalesce(f.new_sessions, 0)::bigint as new_sessions,
  pitchbeat.engagement_rate(f.engaged_sessions, f.actual_sessions) as engagement_rate,
  coalesce(f.total_time_ms, 0)::bigint as total_time_ms,
  f.last_read_at
from pitchbeat.links l
left join (
  select
    s.link_id,
    sum(s.actual_session) as actual_sessions, sum(s.engaged_session) as engaged_sessions,
    sum(s.new_session) as new_sessions, sum(s.counted_ms)::bigint as total_time_ms, max(s.read_at) as last_read_at
  from public.campaign_sessions s
  where s.campaign_id = $1
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
  group by s.link_id
) f on f.link_id = l.id
where l.campaign_id = $1 and l.replaced_by is null and ($4::uuid is null or l.id = $4)
order by f.last_read_at desc nulls last, l.created_at, l.id
