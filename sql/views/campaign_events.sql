-- Every event with the page it happened on, where its view is known.
create or replace view public.campaign_events with (security_invoker = true) as
select e.campaign_id, e.session_id, e.id, e.type, e.view_id, v.page, e.label, e.target, e.at, e.claimed
from internal.events e
left join internal.views v
  on v.campaign_id = e.campaign_id and v.session_id = e.session_id and v.id = e.view_id;
grant select on public.campaign_events to authenticated;
