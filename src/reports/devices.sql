-- What persons read with.
-- $1 campaign · $2 since · $3 before · $4 link
select s.device, s.browser, s.os, count(*) as sessions, sum(s.actual_session) as actual
from public.campaign_sessions s
where s.campaign_id = $1
  and s.verdict = 'person'
  and ($2::timestamptz is null or s.started_at >= $2)
  and ($3::timestamptz is null or s.started_at < $3)
  and ($4::uuid is null or s.link_id = $4)
group by s.device, s.browser, s.os
order by sessions desc, s.device, s.browser, s.os
limit 200
