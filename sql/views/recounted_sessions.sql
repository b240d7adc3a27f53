-- What the derived columns of a session must be, from its own views and events: the save writes it, verify compares.
create or replace view internal.recounted_sessions with (security_invoker = true) as
select s.campaign_id, s.id, v.*, e.*
from internal.sessions s
cross join lateral (
  select
    coalesce(sum(o.active_ms), 0)::bigint as active_ms,
    count(*)::int as view_count,
    coalesce(sum(o.active_ms) filter (where o.page = 'summary'), 0)::bigint as summary_ms,
    coalesce(sum(o.active_ms) filter (where o.page = 'case_studies'), 0)::bigint as case_studies_ms,
    coalesce(sum(o.active_ms) filter (where o.page = 'contact'), 0)::bigint as contact_ms
  from internal.views o
  where o.campaign_id = s.campaign_id and o.session_id = s.id
) v
cross join lateral (
  select
    (count(*) filter (where o.type <> 'link_open'))::int as acts,
    (count(*) filter (where o.type = 'forward_navigation'))::int as forwards,
    (count(*) filter (where o.type = 'external_link'))::int as externals,
    (count(*) filter (where o.type = 'cta_click'))::int as ctas,
    (count(*) filter (where o.type = 'lead_submit'))::int as leads
  from internal.events o
  where o.campaign_id = s.campaign_id and o.session_id = s.id
) e;
