-- Events for the export, in the order of their key, with the verdict of their session.
-- $1 campaign · $2 since · $3 before · $4 link · $5 rows · $6, $7 session and id of the row before
select
  e.session_id, e.id, l.label as link, l.slug, s.verdict, e.type, e.at, e.page, e.label, e.target, e.claimed
from public.campaign_events e
join public.campaign_sessions s on s.campaign_id = e.campaign_id and s.id = e.session_id
join pitchbeat.links l on l.campaign_id = s.campaign_id and l.id = s.link_id
where e.campaign_id = $1
  and s.campaign_id = $1
  and ($2::timestamptz is null or s.started_at >= $2)
  and ($3::timestamptz is null or s.started_at < $3)
  and ($4::uuid is null or s.link_id = $4)
  and ($7::uuid is null or (e.session_id, e.id) > ($6::uuid, $7::uuid))
order by e.session_id, e.id
limit $5
