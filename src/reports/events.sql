-- What persons did, most frequent first; link_open is there as well.
-- $1 campaign · $2 since · $3 before · $4 link
select e.type, e.label, e.target, count(*) as count, count(distinct e.session_id) as sessions
from public.campaign_sessions s
join public.campaign_events e on e.campaign_id = s.campaign_id and e.session_id = s.id
where s.campaign_id = $1
  and e.campaign_id = $1
  and s.verdict = 'person'
  and ($2::timestamptz is null or s.started_at >= $2)
  and ($3::timestamptz is null or s.started_at < $3)
  and ($4::uuid is null or s.link_id = $4)
group by e.type, e.label, e.target
order by count desc, e.type, e.label, e.target
limit 200
