-- Messages for the export, in the order of their key.
-- $1 campaign · $2 since · $3 before · $4 link · $5 rows · $6 message of the row before
select
  d.id, coalesce(l.label, '') as link, l.slug, d.session_id, d.name, d.email, d.message, d.status, d.created_at
from pitchbeat.leads d
left join pitchbeat.links l on l.campaign_id = d.campaign_id and l.id = d.link_id
where d.campaign_id = $1
  and ($2::timestamptz is null or d.created_at >= $2)
  and ($3::timestamptz is null or d.created_at < $3)
  and ($4::uuid is null or d.link_id = $4)
  and ($6::uuid is null or d.id > $6)
order by d.id
limit $5
