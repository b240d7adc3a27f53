-- Opens with their judgement: first the page, then the links of its rows. One that a session claimed is that session's.
-- $1 campaign · $2 since · $3 before · $4 link · $5 verdicts · $6 claimed · $7 search · $8, $9 place (key, id) · $10 rows · $11 private
with names as materialized (
  select l.id, left(pitchbeat.folded(l.label), 200) as name from pitchbeat.links l where l.campaign_id = $1
), page as materialized (
  select o.*, {written} as key, {key} as sorted_by
  from public.campaign_opens o
  {names}
  where o.campaign_id = $1
    and ($2::timestamptz is null or o.at >= $2)
    and ($3::timestamptz is null or o.at < $3)
    and ($4::uuid is null or o.link_id = $4)
    and ($5::text[] is null or o.verdict = any ($5))
    and ($6::boolean is null or $6 = (o.claimed_by is not null))
    and ($11::boolean is null or o.private = $11)
    and ($7::text is null or strpos(o.referrer_host, lower($7)) > 0 or o.link_id = any (array(
      select l.id from pitchbeat.links l
      where l.campaign_id = $1 and strpos(pitchbeat.folded(l.label || ' ' || l.slug), pitchbeat.folded($7)) > 0
    )))
    and ($9::uuid is null or ({key}, o.id) {past} ({after $8}, $9::uuid))
  order by {key} {order}, o.id {order}
  limit $10
)
select
  o.id, o.link_id, l.label as link_label, l.slug as link_slug, o.verdict, o.reason, o.at, o.referrer_host as referrer,
  o.claimed_by is not null as claimed, o.key
from page o
join pitchbeat.links l on l.campaign_id = $1 and l.id = o.link_id
order by o.sorted_by {order}, o.id {order}
