-- Where persons came from; null where the browser did not say.
-- $1 campaign · $2 since · $3 before · $4 link
select
  s.referrer_host, s.utm_source, s.utm_medium, s.utm_campaign, count(*) as sessions, sum(s.actual_session) as actual
from public.campaign_sessions s
where s.campaign_id = $1
  and s.verdict = 'person'
  and ($2::timestamptz is null or s.started_at >= $2)
  and ($3::timestamptz is null or s.started_at < $3)
  and ($4::uuid is null or s.link_id = $4)
group by s.referrer_host, s.utm_source, s.utm_medium, s.utm_campaign
order by sessions desc, s.referrer_host, s.utm_source, s.utm_medium, s.utm_campaign
limit 200
