-- How long each case study was in view and how often its address was opened. The ones that readers see now, in their
-- order; then those that were read once and are gone, under their id. Persons only.
-- $1 campaign · $2 since · $3 before · $4 link
with persons as (
  select s.campaign_id, s.id
  from public.campaign_sessions s
  where s.campaign_id = $1
    and s.verdict = 'person'
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
    and ($4::uuid is null or s.link_id = $4)
), shown as (
  select one ->> 'id' as id, one ->> 'title' as title, rtrim(one ->> 'url', '/') as url, place
  from pitchbeat.campaigns c
  cross join lateral jsonb_array_elements(
    coalesce(c.published -> 'pages' -> 'case_studies', c.draft -> 'case_studies', '[]')
  ) with ordinality as list (one, place)
  where c.id = $1
), read as (
  select part.key as id, count(distinct v.session_id) as sessions, sum(part.value::bigint)::bigint as active_ms
  from persons s
  join public.campaign_views v on v.campaign_id = s.campaign_id and v.session_id = s.id
  cross join lateral jsonb_each_text(v.parts) as part
  where v.campaign_id = $1
  group by part.key
), clicked as (
  select rtrim(e.target, '/') as url, count(*) as clicks
  from persons s
  join public.campaign_events e on e.campaign_id = s.campaign_id and e.session_id = s.id
  where e.campaign_id = $1 and e.type = 'external_link'
  group by 1
)
select
  id, coalesce(nullif(c.title, ''), id) as title, coalesce(r.sessions, 0) as sessions,
  coalesce(r.active_ms, 0) as active_ms, coalesce(k.clicks, 0) as clicks
from shown c
full join read r using (id)
left join clicked k on k.url = c.url
order by c.place nulls last, id
