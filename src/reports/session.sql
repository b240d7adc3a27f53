-- One session, as in sessions.sql.
-- $1 campaign · $2 session
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
    where e.campaign_id = s.campaign_id and e.session_id = s.id
      and e.type in ('external_link', 'cta_click', 'lead_submit')
    order by e.type = 'lead_submit' desc, e.at desc, e.id desc
    limit 1
  ) as chief_act
from public.campaign_sessions s
join pitchbeat.links l on l.campaign_id = s.campaign_id and l.id = s.link_id
where s.campaign_id = $1 and s.id = $2
