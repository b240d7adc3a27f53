-- Sessions for the export, in the order of their key.
-- $1 campaign · $2 since · $3 before · $4 link · $5 rows · $6 session of the row before
select
  s.id, l.label as link, l.slug, s.flag, s.verdict, s.reason, s.started_at, s.last_received_at as ended_at,
  s.credited_ms, s.active_ms as claimed_ms, s.acts, s.summary_ms, s.case_studies_ms, s.contact_ms, s.device, s.browser,
  s.os, s.language, s.referrer_host, s.utm_source, s.utm_medium, s.utm_campaign, s.private
from public.campaign_sessions s
join pitchbeat.links l on l.campaign_id = s.campaign_id and l.id = s.link_id
where s.campaign_id = $1
  and ($2::timestamptz is null or s.started_at >= $2)
  and ($3::timestamptz is null or s.started_at < $3)
  and ($4::uuid is null or s.link_id = $4)
  and ($6::uuid is null or s.id > $6)
order by s.id
limit $5
