-- Who reads at this moment: persons whose last report is younger than 75 s (an active view reports at least every 30 s)
-- and did not say that they went away. Without active time nobody is shown: a mail scanner opens every link for seconds.
-- `heard_at` is the last report of anybody in the last day: when it stands still, no figure has moved.
with heard as materialized (
  select s.*
  from public.campaign_sessions s
  where s.started_at > now() - interval '1 day'
)
select
  (select max(last_received_at) from heard) as heard_at,
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'campaign', jsonb_build_object('id', c.id, 'title', c.title),
      'link', jsonb_build_object('id', l.id, 'label', l.label, 'slug', l.slug),
      'session_id', h.id,
      'page', v.page,
      'active_ms', h.credited_ms,
      'last_event', e.type,
      'since', to_char(h.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by h.started_at desc, h.id), '[]')
    from heard h
    join pitchbeat.campaigns c on c.id = h.campaign_id and c.deleted_at is null
    join pitchbeat.links l on l.campaign_id = h.campaign_id and l.id = h.link_id
    join lateral (
      select v.page from public.campaign_views v
      where v.campaign_id = h.campaign_id and v.session_id = h.id
      order by v.last_received_at desc, v.first_received_at desc, v.id desc limit 1
    ) v on true
    left join lateral (
      select e.type from public.campaign_events e
      where e.campaign_id = h.campaign_id and e.session_id = h.id and e.type <> 'link_open'
      order by e.at desc limit 1
    ) e on true
    where h.verdict = 'person'
      and h.active_ms > 0
      and not h.over
      and h.last_state = 'reading'
      and h.last_received_at > now() - interval '75 seconds'
  ) as items
