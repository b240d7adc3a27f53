-- Sessions, latest first, with their judgement.
-- $1 campaign · $2 since · $3 before · $4 link · $5 flags · $6 verdicts · $7, $8 key of the row before (microseconds, id) · $9 rows
select
  s.id, s.link_id, l.label as link_label, l.slug as link_slug, s.flag, s.verdict, s.reason, s.started_at,
  s.last_received_at as ended_at, s.credited_ms, s.active_ms as claimed_ms, s.acts, s.device, s.browser, s.os,
  s.referrer_host as referrer, (extract(epoch from s.started_at) * 1000000)::bigint as key
from public.campaign_sessions s
join pitchbeat.links l on l.campaign_id = s.campaign_id and l.id = s.link_id
where s.campaign_id = $1
  and ($2::timestamptz is null or s.started_at >= $2)
  and ($3::timestamptz is null or s.started_at < $3)
  and ($4::uuid is null or s.link_id = $4)
  and ($5::text[] is null or s.flag = any ($5))
  and ($6::text[] is null or s.verdict = any ($6))
  and ($8::uuid is null
    or (s.started_at, s.id) < ('epoch'::timestamptz + $7::bigint * interval '1 microsecond', $8::uuid))
order by s.started_at desc, s.id desc
limit $9
