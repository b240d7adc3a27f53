-- Links of a campaign, each with its figures in the range. Figures are summed for the links of the page alone, unless
-- the list is sorted by one of them ({figures}).
-- $1 campaign · $2 from · $3 to (days in the project's zone, inclusive) · $4 search · $5 only those that show the title (or
-- do not) · $6 only those that are on (or off) · $7 one link · $8, $9 place (key, id) · $10 rows
with range as materialized (
  select
    coalesce($2::date::timestamp at time zone p.time_zone, '-infinity') as since,
    coalesce(($3::date + 1)::timestamp at time zone p.time_zone, 'infinity') as before
  from pitchbeat.campaigns c
  join pitchbeat.projects p on p.id = c.project_id
  where c.id = $1
), read as not materialized (
  select
    s.link_id,
    sum(s.actual_session) as actual_sessions, sum(s.engaged_session) as engaged_sessions,
    sum(s.new_session) as new_sessions, sum(s.counted_ms)::bigint as total_time_ms, max(s.read_at) as last_read_at
  from public.campaign_sessions s
  where s.campaign_id = $1
    and s.started_at >= (select since from range) and s.started_at < (select before from range)
  group by s.link_id
), found as materialized (
  select l.id, l.label, l.created_at
  from pitchbeat.links l
  where l.campaign_id = $1 and l.replaced_by is null
    and ($4::text is null or strpos(pitchbeat.folded(l.label), pitchbeat.folded($4)) > 0 or strpos(l.slug, lower($4)) > 0)
    and ($5::boolean is null
      or $5 = pitchbeat.shows_title(l.slug, (select c.title from pitchbeat.campaigns c where c.id = $1)))
    and ($6::boolean is null or $6 = (l.off_at is null))
    and ($7::uuid is null or l.id = $7)
), page as materialized (
  select l.id, {written} as key, {key} as sorted_by
  from found l
  {figures}
  where $9::uuid is null or ({key}, l.id) {past} ({after $8}, $9::uuid)
  order by {key} {order}, l.id {order}
  limit $10
)
select
  {columns},
  page.key, (select count(*) from found) as total,
  coalesce(f.actual_sessions, 0)::bigint as actual_sessions,
  coalesce(f.engaged_sessions, 0)::bigint as engaged_sessions,
  coalesce(f.new_sessions, 0)::bigint as new_sessions,
  pitchbeat.engagement_rate(f.engaged_sessions, f.actual_sessions) as engagement_rate,
  coalesce(f.total_time_ms, 0)::bigint as total_time_ms,
  f.last_read_at
from page
join pitchbeat.links l on l.campaign_id = $1 and l.id = page.id
-- the offset keeps it a question for each row of the page, by sessions_of_a_link; joined, it would be asked for all links
left join lateral (select * from read r where r.link_id = page.id offset 0) f on true
order by page.sorted_by {order}, page.id {order}
