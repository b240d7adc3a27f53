-- What one session did, in order. A view begins with its first report or with the first thing done in it, whichever
-- came first: the report of a click at 4 s may be the first that is heard of its view, and of its session, which was
-- opened no later than that.
-- $1 campaign · $2 session
with events as (
  select e.* from public.campaign_events e where e.campaign_id = $1 and e.session_id = $2
), session as (
  select s.campaign_id, s.id, least(s.started_at, (select min(e.at) from events e)) as opened_at
  from public.campaign_sessions s
  where s.campaign_id = $1 and s.id = $2
), views as (
  select v.*, least(v.first_received_at, (select min(e.at) from events e where e.view_id = v.id and e.type <> 'link_open')) as at
  from public.campaign_views v
  where v.campaign_id = $1 and v.session_id = $2
)
select at, what, page, active_ms, scroll, parts, type, label, target
from (
  select opened_at as at, 0 as place, 'opened' as what, null as page, null::int as active_ms, null::int as scroll,
    null::jsonb as parts, null as type, null as label, null as target, id
  from session
  union all
  select greatest(v.at, s.opened_at), 1, 'view', v.page, v.active_ms, v.scroll, v.parts, null, null, null, v.id
  from views v cross join session s
  union all
  select e.at, 2, 'event', e.page, null, null, null, e.type, e.label, e.target, e.id
  from events e
  where e.type <> 'link_open'
) steps
order by at, place, id
