-- Opens, latest first, with their judgement. One that a session claimed is that session's.
-- $1 campaign · $2 since · $3 before · $4 link · $5 verdicts · $6, $7 key of the row before (microseconds, id) · $8 rows
select
  o.id, o.link_id, l.label as link_label, l.slug as link_slug, o.verdict, o.reason, o.at, o.referrer_host as referrer,
  o.claimed_by is not null as claimed, (extract(epoch from o.at) * 1000000)::bigint as key
from public.campaign_opens o
join pitchbeat.links l on l.campaign_id = o.campaign_id and l.id = o.link_id
where o.campaign_id = $1
  and ($2::timestamptz is null or o.at >= $2)
  and ($3::timestamptz is null or o.at < $3)
  and ($4::uuid is null or o.link_id = $4)
  and ($5::text[] is null or o.verdict = any ($5))
  and ($7::uuid is null
    or (o.at, o.id) < ('epoch'::timestamptz + $6::bigint * interval '1 microsecond', $7::uuid))
order by o.at desc, o.id desc
limit $8
