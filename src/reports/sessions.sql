-- Sessions with their judgement: first the page, out of the sessions alone; links and acts are looked up for its rows only.
-- $1 campaign · $2 since · $3 before · $4 link · $5 flags · $6 verdicts · $7 search · $8, $9 place (key, id) · $10 rows · $11 private
with names as materialized (
  select l.id, left(pitchbeat.folded(l.label), 200) as name from pitchbeat.links l where l.campaign_id = $1
), page as materialized (
  select s.*, {written} as key, {key} as sorted_by
  from public.campaign_sessions s
  {names}
  where s.campaign_id = $1
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
    and ($4::uuid is null or s.link_id = $4)
    and ($5::text[] is null or s.flag = any ($5))
    and ($6::text[] is null or s.verdict = any ($6))
    and ($11::boolean is null or s.private = $11)
    and ($7::text is null or strpos(s.referrer_host, lower($7)) > 0 or s.link_id = any (array(
      select l.id from pitchbeat.links l
      where l.campaign_id = $1 and strpos(pitchbeat.folded(l.label || ' ' || l.slug), pitchbeat.folded($7)) > 0
    )))
    and ($9::uuid is null or ({key}, s.id) {past} ({after $8}, $9::uuid))
  order by {key} {order}, s.id {order}
  limit $10
)
select
  s.id, s.link_id, l.label as link_label, l.slug as link_slug, s.flag, s.verdict, s.reason, s.started_at,
  s.last_received_at as ended_at, s.credited_ms, s.active_ms as claimed_ms, s.acts, s.device, s.browser, s.os,
  s.referrer_host as referrer, s.language,
  array_remove(array[
    case when s.summary_ms > 0 then 'summary' end,
    case when s.case_studies_ms > 0 then 'case_studies' end,
    case when s.contact_ms > 0 then 'contact' end
  ], null) as pages,
  (
    select jsonb_build_object('type', e.type, 'label', e.label)
    from public.campaign_events e
    where e.campaign_id = $1 and e.session_id = s.id
      and e.type in ('external_link', 'cta_click', 'lead_submit')
    order by e.type = 'lead_submit' desc, e.at desc, e.id desc
    limit 1
  ) as chief_act,
  s.key
from page s
join pitchbeat.links l on l.campaign_id = $1 and l.id = s.link_id
order by s.sorted_by {order}, s.id {order}
