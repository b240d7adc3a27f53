-- Events for the export, in the order of their key, with the verdict of their session. Session by session, so that a page
-- judges only the sessions it shows.
-- $1 campaign · $2 since · $3 before · $4 link · $5 rows · $6, $7 session and id of the row before
select
  e.session_id, e.id, l.label as link, l.slug, s.verdict, e.type, e.at, e.page, e.label, e.target, e.claimed
from (
  select s.id, s.link_id, s.verdict
  from public.campaign_sessions s
  where s.campaign_id = $1
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
    and ($4::uuid is null or s.link_id = $4)
    and ($6::uuid is null or s.id >= $6)
  order by s.id
  offset 0
) s
join pitchbeat.links l on l.campaign_id = $1 and l.id = s.link_id
cross join lateral (
  select * from public.campaign_events e
  where e.campaign_id = $1 and e.session_id = s.id and ($7::uuid is null or (e.session_id, e.id) > ($6::uuid, $7::uuid))
  offset 0
) e
order by s.id, e.id
limit $5
