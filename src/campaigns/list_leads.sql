-- Messages, of one campaign or of all of who asks.
-- $1 campaign · $2 states · $3 search · $4, $5 place (key, id) · $6 rows
with found as materialized (
  select d.campaign_id, d.id, d.name, d.created_at
  from pitchbeat.leads d
  join pitchbeat.campaigns c on c.id = d.campaign_id and c.deleted_at is null
  left join pitchbeat.links l on l.campaign_id = d.campaign_id and l.id = d.link_id
  where ($1::uuid is null or d.campaign_id = $1)
    and ($2::text[] is null or d.status = any ($2))
    and ($3::text is null
      or strpos(pitchbeat.folded(concat_ws(E'\n', d.name, d.email, d.message, l.label)), pitchbeat.folded($3)) > 0)
), page as materialized (
  select d.campaign_id, d.id, {written} as key, {key} as sorted_by
  from found d
  where $5::uuid is null or ({key}, d.id) {past} ({after $4}, $5::uuid)
  order by {key} {order}, d.id {order}
  limit $6
)
select
  {columns},
  page.key, (select count(*) from found) as total
from page
join pitchbeat.leads d on d.campaign_id = page.campaign_id and d.id = page.id
join pitchbeat.campaigns c on c.id = d.campaign_id
left join pitchbeat.links l on l.campaign_id = d.campaign_id and l.id = d.link_id
order by page.sorted_by {order}, page.id {order}
