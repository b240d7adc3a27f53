-- The campaigns of who asks, newest first, each with its figures in the range and what its row in the list shows.
-- Sessions are read once: those of the range and those of the last 30 days (the sparkline) together.
-- $1 project · $2 from · $3 to (days in the project's zone, inclusive) · $4, $5 key of the row before (microseconds, id) · $6 rows
with mine as (
  select c.*, p.time_zone, (now() at time zone p.time_zone)::date as today
  from pitchbeat.campaigns c
  join pitchbeat.projects p on p.id = c.project_id
  where c.deleted_at is null
    and ($1::uuid is null or c.project_id = $1)
    and ($5::uuid is null or (c.created_at, c.id) < ('epoch'::timestamptz + $4::bigint * interval '1 microsecond', $5::uuid))
  order by c.created_at desc, c.id desc
  limit $6
), ranges as (
  select
    id as campaign_id, time_zone, today,
    coalesce($2::date::timestamp at time zone time_zone, '-infinity') as since,
    coalesce(($3::date + 1)::timestamp at time zone time_zone, 'infinity') as before,
    (today - 29)::timestamp at time zone time_zone as spark_since
  from mine
), sessions as materialized (
  select
    s.campaign_id, s.link_id, s.actual_session, s.engaged_session, s.new_session, s.counted_ms, s.read_at,
    s.started_at >= r.since and s.started_at < r.before as in_range,
    r.today - (s.started_at at time zone r.time_zone)::date as days_ago
  from ranges r
  join public.campaign_sessions s on s.campaign_id = r.campaign_id
  where (s.started_at >= r.since and s.started_at < r.before) or s.started_at >= r.spark_since
), figures as (
  select
    campaign_id,
    sum(actual_session) as actual_sessions,
    sum(engaged_session) as engaged_sessions,
    sum(new_session) as new_sessions,
    sum(counted_ms)::bigint as total_time_ms,
    max(read_at) as last_read_at
  from sessions
  where in_range
  group by campaign_id
), last_read as (
  select distinct on (s.campaign_id) s.campaign_id, s.link_id
  from sessions s
  where s.in_range and s.read_at is not null
  order by s.campaign_id, s.read_at desc
), days as (
  select campaign_id, days_ago, sum(actual_session)::int as actual
  from sessions
  where days_ago between 0 and 29
  group by campaign_id, days_ago
), sparks as (
  select m.id as campaign_id, array_agg(coalesce(d.actual, 0) order by ago desc) as spark
  from mine m
  cross join generate_series(0, 29) as ago
  left join days d on d.campaign_id = m.id and d.days_ago = ago
  group by m.id
), mine_links as (
  select l.campaign_id, count(*) as links, max(l.label) filter (where l.id = r.link_id) as last_read_link
  from pitchbeat.links l
  left join last_read r on r.campaign_id = l.campaign_id
  where l.campaign_id in (select id from mine) and l.replaced_by is null
  group by l.campaign_id
)
select
  m.id, m.project_id, m.title, m.language, m.indexable, m.gone_text, m.draft_version, m.published_at,
  m.archived_at, (extract(epoch from m.created_at) * 1000000)::bigint as key,
  m.published is not null and m.draft is distinct from m.published -> 'pages' as changed_since_publish,
  coalesce(f.actual_sessions, 0) as actual_sessions,
  coalesce(f.engaged_sessions, 0) as engaged_sessions,
  coalesce(f.new_sessions, 0) as new_sessions,
  pitchbeat.engagement_rate(f.engaged_sessions, f.actual_sessions) as engagement_rate,
  coalesce(f.total_time_ms, 0) as total_time_ms,
  f.last_read_at,
  sparks.spark,
  coalesce(l.links, 0) as links,
  l.last_read_link
from mine m
join sparks on sparks.campaign_id = m.id
left join figures f on f.campaign_id = m.id
left join mine_links l on l.campaign_id = m.id
order by m.created_at desc, m.id desc
