-- One open, as in opens.sql.
-- $1 campaign · $2 open
select
  o.id, o.link_id, l.label as link_label, l.slug as link_slug, o.verdict, o.reason, o.at, o.referrer_host as referrer,
  o.claimed_by is not null as claimed
from public.campaign_opens o
join pitchbeat.links l on l.campaign_id = o.campaign_id and l.id = o.link_id
where o.campaign_id = $1 and o.id = $2
