-- Who reads at this moment: persons whose last report is younger than 75 s (an active view reports at least every 30 s)
-- and did not say that they went away. Without active time nobody is shown: a mail scanner opens every link for seconds.
-- `heard_at` is the last report of anybody in the last day: when it stands still, no figure has moved. `heard` names the
-- campaigns of it: the studio asks again only about those. Sessions are asked for campaign by campaign, by
-- sessions_started: row security alone would have those of every owner read.
with heard as materialized (
  select c.id as campaign_id, c.title, s.at
  from pitchbeat.campaigns c
  cross join lateral (
    select max(s.last_received_at) as at
    from public.campaign_sessions s
    where s.campaign_id = c.id and s.started_at > now() - interval '1 day'
  ) s
  where c.deleted_at is null and s.at is not null
)
select
  (select max(h.at) from heard h) as heard_at,
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'campaign_id', h.campaign_id,
      'at', to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    ) order by h.at desc), '[]')
    from (select * from heard h where h.at > now() - interval '2 minutes' order by h.at desc limit 50) h
  ) as heard,
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'campaign', jsonb_build_object('id', h.campaign_id, 'title', h.title),
      'link', jsonb_build_object('id', l.id, 'label', l.label, 'slug', l.slug),
      'session_id', s.id,
      'page', v.page,
      'active_ms', s.credited_ms,
      'last_event', e.type,
      'since', to_char(s.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by s.started_at desc, s.id), '[]')
    from heard h
    join public.campaign_sessions s on s.campaign_id = h.campaign_id
    join pitchbeat.links l on l.campaign_id = s.campaign_id and l.id = s.link_id
    join lateral (
      select v.page from public.campaign_views v
      where v.campaign_id = s.campaign_id and v.session_id = s.id
      order by v.last_received_at desc, v.first_received_at desc, v.id desc limit 1
    ) v on true
    left join lateral (
      select e.type from public.campaign_events e
      where e.campaign_id = s.campaign_id and e.session_id = s.id and e.type <> 'link_open'
      order by e.at desc limit 1
    ) e on true
    where h.at > now() - interval '75 seconds'
      and s.started_at > now() - interval '1 day'
      and s.last_received_at > now() - interval '75 seconds'
      and s.last_state = 'reading'
      and s.active_ms > 0
      and not s.over
      and s.verdict = 'person'
  ) as items
