-- How the reading divides over the pages: the three in reading order, then an embedding site's own by name.
-- Persons only. Time is the active time of the views.
-- $1 campaign · $2 since · $3 before · $4 link
with read as (
  select
    v.page, count(distinct v.session_id) as sessions, count(*) as views, sum(v.active_ms)::bigint as active_ms
  from public.campaign_sessions s
  join public.campaign_views v on v.campaign_id = s.campaign_id and v.session_id = s.id
  where s.campaign_id = $1
    and v.campaign_id = $1
    and s.verdict = 'person'
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
    and ($4::uuid is null or s.link_id = $4)
  group by v.page
)
select
  page, coalesce(r.sessions, 0) as sessions, coalesce(r.views, 0) as views, coalesce(r.active_ms, 0) as active_ms
from (values ('summary', 1), ('case_studies', 2), ('contact', 3)) p (page, place)
full join read r using (page)
order by p.place nulls last, page
