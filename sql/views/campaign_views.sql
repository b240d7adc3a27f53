-- Every view with the active time of its parts, by part id.
create or replace view public.campaign_views with (security_invoker = true) as
select
  v.campaign_id, v.session_id, v.id, v.page, v.active_ms, v.scroll, v.first_received_at, v.last_received_at,
  coalesce((
    select jsonb_object_agg(p.part, p.active_ms order by p.part) from internal.view_parts p
    where p.campaign_id = v.campaign_id and p.session_id = v.session_id and p.view_id = v.id
  ), '{}') as parts
from internal.views v;
grant select on public.campaign_views to authenticated;
