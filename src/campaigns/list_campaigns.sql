-- The campaigns of who asks, each with its figures in the range and what its row in the list shows. Sessions are read for
-- the campaigns of the page alone, those of the range and those of the last 30 days (the sparkline) together; unless the
-- list is sorted by a figure ({figures}).
-- $1 project · $2 from · $3 to (days in the project's zone, inclusive) · $4 search · $5, $6 place (key, id) · $7 rows
with found as materialized (
  select
    c.id, c.title, c.created_at, c.published_at, p.time_zone, (now() at time zone p.time_zone)::date as today,
    coalesce($2::date::timestamp at time zone p.time_zone, '-infinity') as since,
    coalesce(($3::date + 1)::timestamp at time zone p.time_zone, 'infinity') as before
  from pitchbeat.campaigns c
  join pitchbeat.projects p on p.id = c.project_id
  where c.deleted_at is null
    and ($1::uuid is null or c.project_id = $1)
    and ($4::text is null or strpos(pitchbeat.folded(c.title), pitchbeat.folded($4)) > 0)
), read as (
  select
    c.id as campaign_id,
    sum(s.actual_session) as actual_sessions, sum(s.engaged_session) as engaged_sessions,
    sum(s.counted_ms)::bigint as total_time_ms, max(s.read_at) as last_read_at
  from found c
  join public.campaign_sessions s
    on s.campaign_id = c.id and s.started_at >= c.since and s.started_at < c.before
  group by c.id
), page as materialized (
  select
    c.*, (c.today - 29)::timestamp at time zone c.time_zone as spark_since,
    {written} as key, {key} as sorted_by
  from found c
  {figures}
  where $6::uuid is null or ({key}, c.id) {past} ({after $5}, $6::uuid)
  order by {key} {order}, c.id {order}
  limit $7
), sessions as materialized (
  select
    s.campaign_id, s.link_id, s.actual_session, s.engaged_session, s.new_session, s.counted_ms, s.read_at,
    s.started_at >= p.since and s.started_at < p.before as in_range,
    p.today - (s.started_at at time zone p.time_zone)::date as days_ago
  from page p
  join public.campaign_sessions s on s.campaign_id = p.id
  where (s.started_at >= p.since and s.started_at < p.before) or s.started_at >= p.spark_since
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
  select p.id as campaign_id, array_agg(coalesce(d.actual, 0) order by ago desc) as spark
  from page p
  cross join generate_series(0, 29) as ago
  left join days d on d.campaign_id = p.id and d.days_ago = ago
  group by p.id
), page_links as (
  select l.campaign_id, count(*) as links, max(l.label) filter (where l.id = r.link_id) as last_read_link
  from pitchbeat.links l
  left join last_read r on r.campaign_id = l.campaign_id
  where l.campaign_id in (select id from page) and l.replaced_by is null
  group by l.campaign_id
)
select
  m.id, m.project_id, m.title, m.language, m.indexable, m.gone_text, m.draft_version, m.published_at,
  m.archived_at, m.checklist_hidden, m.sample, page.key, (select count(*) from found) as total,
  m.published is not null and m.draft is distinct from m.published -> 'pages' as changed_since_publish,
  case when m.published is null then m.draft end as draft,
  coalesce(f.actual_sessions + f.new_sessions, 0) > 0 or exists (
    select from public.campaign_sessions s where s.campaign_id = m.id and s.verdict = 'person'
  ) as ever_opened,
  coalesce(f.actual_sessions, 0) as actual_sessions,
  coalesce(f.engaged_sessions, 0) as engaged_sessions,
  coalesce(f.new_sessions, 0) as new_sessions,
  pitchbeat.engagement_rate(f.engaged_sessions, f.actual_sessions) as engagement_rate,
  coalesce(f.total_time_ms, 0) as total_time_ms,
  f.last_read_at,
  sparks.spark,
  coalesce(l.links, 0) as links,
  l.last_read_link
from page
join pitchbeat.campaigns m on m.id = page.id
join sparks on sparks.campaign_id = m.id
left join figures f on f.campaign_id = m.id
left join page_links l on l.campaign_id = m.id
order by page.sorted_by {order}, page.id {order}
