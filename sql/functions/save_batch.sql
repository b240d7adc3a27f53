-- Saves what the queue carried. The arrays come from src/store/save_batch.ts, folded to one element a key and in key
-- order; `*_s` is the position (from 1) of an element's session. Each statement has its own snapshot, and the order
-- matters: the sessions' row locks come before their facts, the recount after, so that its snapshot is younger than
-- the locks (a recount inside the saving statement counts 40 s where two workers saved 30).
create or replace function internal.save_batch(
  received int, dropped jsonb default '{}', l_campaign uuid[] default '{}', l_id uuid[] default '{}',
  s_campaign uuid[] default '{}', s_id uuid[] default '{}', s_link uuid[] default '{}', s_open uuid[] default '{}', s_l int[] default '{}',
  s_items int[] default '{}', s_sliding boolean[] default '{}', s_window int[] default '{}', s_served timestamptz[] default '{}',
  s_started timestamptz[] default '{}', s_last timestamptz[] default '{}', s_state text[] default '{}',
  s_automated boolean[] default '{}', s_input boolean[] default '{}', s_private boolean[] default '{}',
  s_owner_device boolean[] default '{}', s_owner_login boolean[] default '{}',
  s_prefetch boolean[] default '{}', s_ua_class text[] default '{}', s_device text[] default '{}',
  s_browser text[] default '{}', s_os text[] default '{}', s_referrer text[] default '{}',
  s_utm_source text[] default '{}', s_utm_medium text[] default '{}', s_utm_campaign text[] default '{}',
  s_language text[] default '{}', s_ua_hash text[] default '{}', s_active bigint[] default '{}',
  s_views int[] default '{}', s_acts int[] default '{}', s_forwards int[] default '{}',
  s_externals int[] default '{}', s_ctas int[] default '{}', s_leads int[] default '{}',
  s_summary bigint[] default '{}', s_case_studies bigint[] default '{}', s_contact bigint[] default '{}',
  v_s int[] default '{}', v_id uuid[] default '{}', v_page text[] default '{}', v_active int[] default '{}',
  v_scroll int[] default '{}', v_first timestamptz[] default '{}', v_last timestamptz[] default '{}',
  v_parts int[] default '{}', p_s int[] default '{}', p_view uuid[] default '{}', p_part text[] default '{}',
  p_active int[] default '{}', e_s int[] default '{}', e_id uuid[] default '{}', e_type text[] default '{}',
  e_view uuid[] default '{}', e_label text[] default '{}', e_target text[] default '{}',
  e_at timestamptz[] default '{}', e_claimed boolean[] default '{}', o_s int[] default '{}',
  o_items int[] default '{}', o_campaign uuid[] default '{}', o_id uuid[] default '{}',
  o_link uuid[] default '{}', o_l int[] default '{}', o_at timestamptz[] default '{}',
  o_ua_class text[] default '{}', o_referrer text[] default '{}', o_owner_device boolean[] default '{}',
  o_owner_login boolean[] default '{}', o_prefetch boolean[] default '{}', o_private boolean[] default '{}'
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  none constant uuid := '00000000-0000-0000-0000-000000000000';
  drops jsonb := coalesce(dropped, '{}');
  stored bigint := 0;
  kept int;
  known boolean[];
  keep boolean[];
  v_keep boolean[];
  p_keep boolean[];
  e_keep boolean[];
  crowded boolean;
  fresh_views bigint;
  fresh_acts bigint;
  complete boolean;
  duplicate bigint;
  surplus bigint := 0;
  n bigint;
  m bigint;
  gone bigint;
  r_campaign uuid[];
  r_open uuid[];
begin
  -- 0. Nobody erases while we save. A statement of its own: what follows sees every finished erasure.
  perform internal.lock_for_saving(l_campaign);

  -- 1. Sessions that were erased, or whose link is gone, are left out with all they bring.
  select array_agg(exists (
    select from pitchbeat.links l join pitchbeat.campaigns c on c.id = l.campaign_id
    where l.id = g.id and l.campaign_id = g.campaign_id and c.deleted_at is null
  ) order by g.i) into known
  from unnest(l_campaign, l_id) with ordinality as g (campaign_id, id, i);
  select array_agg(known[k.l] and not k.erased order by k.i), count(*) filter (where known[k.l] and not k.erased),
    sum(k.items) filter (where not known[k.l]), sum(k.items) filter (where k.erased and known[k.l])
  into keep, kept, n, m
  from (
    select k.i, k.l, k.items,
      exists (select from internal.erased x where x.campaign_id = k.campaign_id and x.id = k.id) as erased
    from unnest(s_campaign, s_id, s_l, s_items) with ordinality as k (campaign_id, id, l, items, i)
  ) k;
  drops := internal.add_drop(drops, 'unknown_link', n);
  drops := internal.add_drop(drops, 'erased', m);

  -- The opens of these sessions, those that they leave included.
  select array_agg(r.campaign_id), array_agg(r.id) into r_campaign, r_open
  from (
    select distinct k.campaign_id, o.id
    from unnest(s_campaign, s_id, s_open, keep) as k (campaign_id, id, open_id, keep)
    left join internal.sessions s on s.campaign_id = k.campaign_id and s.id = k.id
    cross join lateral (values (k.open_id), (s.open_id)) o (id)
    where k.keep and o.id is not null
  ) r;

  -- 2. The sessions, in key order: that is the lock, and no deadlock. A row that learns nothing is locked as well.
  -- A new session has no other rows than those given, so its sums are theirs; an old one is recounted below.
  insert into internal.sessions as s (
    campaign_id, id, link_id, open_id, project_id, owner_id, sliding, window_ms, served_at, started_at, last_received_at, last_state,
    automated, input, private, owner_device, owner_login, prefetch, ua_class, device, browser, os, referrer_host,
    utm_source, utm_medium, utm_campaign, language, ua_hash, active_ms, view_count, acts, forwards, externals, ctas,
    leads, summary_ms, case_studies_ms, contact_ms
  )
  select
    k.campaign_id, k.id, k.link_id, k.open_id, c.project_id, c.owner_id, k.sliding, k.window_ms, k.served_at, k.started_at, k.last_at,
    k.state, k.automated, k.input, k.private, k.owner_device, k.owner_login, k.prefetch, k.ua_class, k.device,
    k.browser, k.os, k.referrer, k.utm_source, k.utm_medium, k.utm_campaign, k.language,
    case when not k.private then decode(k.ua_hash, 'hex') end,
    k.active, k.views, k.acts, k.forwards, k.externals, k.ctas, k.leads, k.summary, k.case_studies, k.contact
  from unnest(
    s_campaign, s_id, s_link, s_open, keep, s_sliding, s_window, s_served, s_started, s_last, s_state, s_automated, s_input, s_private,
    s_owner_device, s_owner_login, s_prefetch, s_ua_class, s_device, s_browser, s_os, s_referrer, s_utm_source,
    s_utm_medium, s_utm_campaign, s_language, s_ua_hash, s_active, s_views, s_acts, s_forwards, s_externals, s_ctas,
    s_leads, s_summary, s_case_studies, s_contact
  ) as k (
    campaign_id, id, link_id, open_id, keep, sliding, window_ms, served_at, started_at, last_at, state, automated, input, private,
    owner_device, owner_login, prefetch, ua_class, device, browser, os, referrer, utm_source, utm_medium,
    utm_campaign, language, ua_hash, active, views, acts, forwards, externals, ctas, leads, summary, case_studies,
    contact
  )
  join pitchbeat.campaigns c on c.id = k.campaign_id
  where k.keep
  order by k.campaign_id, k.id
  on conflict (campaign_id, id) do update set
    link_id = least(s.link_id, excluded.link_id),
    open_id = least(s.open_id, excluded.open_id),
    of_open = case when least(s.open_id, excluded.open_id) is distinct from s.open_id then 1 else s.of_open end,
    sliding = s.sliding or excluded.sliding,
    window_ms = greatest(s.window_ms, excluded.window_ms),
    served_at = least(s.served_at, excluded.served_at),
    started_at = least(s.started_at, excluded.started_at),
    last_received_at = greatest(s.last_received_at, excluded.last_received_at),
    last_state = case when (excluded.last_received_at, excluded.last_state) > (s.last_received_at, s.last_state)
      then excluded.last_state else s.last_state end,
    automated = s.automated or excluded.automated,
    input = s.input or excluded.input,
    private = s.private or excluded.private,
    owner_device = s.owner_device or excluded.owner_device,
    owner_login = s.owner_login or excluded.owner_login,
    prefetch = s.prefetch or excluded.prefetch,
    ua_class = least(s.ua_class, excluded.ua_class),
    device = least(s.device, excluded.device),
    browser = least(s.browser, excluded.browser),
    os = least(s.os, excluded.os),
    referrer_host = least(s.referrer_host, excluded.referrer_host),
    utm_source = least(s.utm_source, excluded.utm_source),
    utm_medium = least(s.utm_medium, excluded.utm_medium),
    utm_campaign = least(s.utm_campaign, excluded.utm_campaign),
    language = least(s.language, excluded.language),
    ua_hash = case when s.private or excluded.private then null else least(s.ua_hash, excluded.ua_hash) end
  where (excluded.last_received_at, excluded.last_state) > (s.last_received_at, s.last_state)
    or (least(s.link_id, excluded.link_id), least(s.open_id, excluded.open_id), s.sliding or excluded.sliding,
        greatest(s.window_ms, excluded.window_ms),
        least(s.served_at, excluded.served_at), least(s.started_at, excluded.started_at),
        s.automated or excluded.automated, s.input or excluded.input, s.private or excluded.private,
        s.owner_device or excluded.owner_device, s.owner_login or excluded.owner_login,
        s.prefetch or excluded.prefetch, least(s.ua_class, excluded.ua_class), least(s.device, excluded.device),
        least(s.browser, excluded.browser), least(s.os, excluded.os),
        least(s.referrer_host, excluded.referrer_host), least(s.utm_source, excluded.utm_source),
        least(s.utm_medium, excluded.utm_medium), least(s.utm_campaign, excluded.utm_campaign),
        least(s.language, excluded.language),
        case when s.private or excluded.private then null else least(s.ua_hash, excluded.ua_hash) end)
      is distinct from
       (s.link_id, s.open_id, s.sliding, s.window_ms, s.served_at, s.started_at, s.automated, s.input, s.private, s.owner_device,
        s.owner_login, s.prefetch, s.ua_class, s.device, s.browser, s.os, s.referrer_host, s.utm_source,
        s.utm_medium, s.utm_campaign, s.language, s.ua_hash);
  get diagnostics n = row_count;
  stored := stored + n;

  -- Caps. Nearly always nothing is crowded, and the arrays of what to keep stay null: all. A row that this save
  -- inserted has no xmax; one that was there before was locked, and so has.
  select count(*), coalesce(bool_or(k.views > 200 or k.acts > 1000 or s.xmax <> 0
      and (s.view_count + k.views > 200 or s.acts + k.acts > 1000)), false),
    coalesce(sum(k.views) filter (where s.xmax = 0), 0), coalesce(sum(k.acts) filter (where s.xmax = 0), 0)
  into n, crowded, fresh_views, fresh_acts
  from unnest(s_campaign, s_id, s_views, s_acts, keep) as k (campaign_id, id, views, acts, keep)
  join internal.sessions s on s.campaign_id = k.campaign_id and s.id = k.id
  where k.keep;
  complete := n = kept;
  if crowded then
    select array_agg(k.fits order by k.i), count(*) filter (where not k.fits and keep[k.s]) into v_keep, n
    from (
      select u.i, u.s, t.id is not null or case when s.xmax = 0 then 0 else s.view_count end + row_number() over (
        partition by u.s, t.id is null order by u.id) <= 200 as fits
      from unnest(v_s, v_id) with ordinality as u (s, id, i)
      left join internal.sessions s on s.campaign_id = s_campaign[u.s] and s.id = s_id[u.s]
      left join internal.views t on t.campaign_id = s.campaign_id and t.session_id = s.id and t.id = u.id
    ) k;
    select array_agg(k.fits order by k.i), count(*) filter (where not k.fits and keep[k.s]) into e_keep, m
    from (
      select u.i, u.s, t.id is not null or case when s.xmax = 0 then 0 else s.acts end + row_number() over (
        partition by u.s, t.id is null order by u.id) <= 1000 as fits
      from unnest(e_s, e_id) with ordinality as u (s, id, i)
      left join internal.sessions s on s.campaign_id = s_campaign[u.s] and s.id = s_id[u.s]
      left join internal.events t on t.campaign_id = s.campaign_id and t.session_id = s.id and t.id = u.id
    ) k;
    drops := internal.add_drop(drops, 'too_many_views', n);
    drops := internal.add_drop(drops, 'too_many_events', m);
    -- a part goes with its view
    select array_agg(v.fits order by p.i) into p_keep
    from unnest(p_s, p_view) with ordinality as p (s, view_id, i)
    full join unnest(v_s, v_id, v_keep) as v (s, id, fits) on v.s = p.s and v.id = p.view_id
    where p.i is not null;
  end if;

  -- 3. Opens, views, parts, events. Either side may create an open: the page that recorded it, or the session that
  -- claims it (`o_s`; a claim alone is not an item).
  with judged as (
    select o.*, s_id[o.s] as claimed_by, not known[o.l] as unknown,
      exists (select from internal.erased x where x.campaign_id = o.campaign_id and x.id = o.id) as erased
    from unnest(o_s, o_items, o_campaign, o_id, o_link, o_l, o_at, o_ua_class, o_referrer, o_owner_device,
      o_owner_login, o_prefetch, o_private)
      as o (s, items, campaign_id, id, link_id, l, at, ua_class, referrer, owner_device, owner_login, prefetch,
        private)
    where o.items > 0 or keep[o.s]
    union all
    -- those that a session leaves, as they are: to be locked in order with the others
    select null, 0, o.campaign_id, o.id, o.link_id, null, o.at, o.ua_class, o.referrer_host, o.owner_device, o.owner_login,
      o.prefetch, o.private, o.claimed_by, false, false
    from unnest(r_campaign, r_open) as r (campaign_id, id)
    join internal.opens o on o.campaign_id = r.campaign_id and o.id = r.id
    where not (o.id = any (o_id))
  ), saved as (
    insert into internal.opens as o (campaign_id, id, link_id, at, ua_class, referrer_host, owner_device, owner_login,
      prefetch, private, claimed_by)
    select j.campaign_id, j.id, j.link_id, j.at, j.ua_class, j.referrer, j.owner_device, j.owner_login, j.prefetch,
      j.private, case when keep[j.s] then j.claimed_by end
    from judged j where not j.unknown and not j.erased
    order by j.campaign_id, j.id
    on conflict (campaign_id, id) do update set
      link_id = least(o.link_id, excluded.link_id),
      at = least(o.at, excluded.at),
      ua_class = least(o.ua_class, excluded.ua_class),
      referrer_host = least(o.referrer_host, excluded.referrer_host),
      owner_device = o.owner_device or excluded.owner_device,
      owner_login = o.owner_login or excluded.owner_login,
      prefetch = o.prefetch or excluded.prefetch,
      private = o.private or excluded.private,
      claimed_by = least(o.claimed_by, excluded.claimed_by)
    where (least(o.link_id, excluded.link_id), least(o.at, excluded.at), least(o.ua_class, excluded.ua_class),
        least(o.referrer_host, excluded.referrer_host), o.owner_device or excluded.owner_device,
        o.owner_login or excluded.owner_login, o.prefetch or excluded.prefetch, o.private or excluded.private,
        least(o.claimed_by, excluded.claimed_by))
      is distinct from (o.link_id, o.at, o.ua_class, o.referrer_host, o.owner_device, o.owner_login, o.prefetch,
        o.private, o.claimed_by)
    returning o.campaign_id, o.id
  )
  select count(*) filter (where j.items > 0 and s.id is not null), sum(j.items) filter (where j.unknown),
    sum(j.items) filter (where j.erased and not j.unknown)
  into n, m, gone
  -- a full join is hashed; a left join was nested, because nobody knows beforehand how many rows an array has
  from judged j full join saved s on s.campaign_id = j.campaign_id and s.id = j.id;
  stored := stored + n;
  drops := internal.add_drop(drops, 'unknown_link', m);
  drops := internal.add_drop(drops, 'erased', gone);

  insert into internal.views as t (campaign_id, session_id, id, page, active_ms, scroll, first_received_at,
    last_received_at)
  select s_campaign[v.s], s_id[v.s], v.id, v.page, v.active, v.scroll, v.first_at, v.last_at
  from unnest(v_s, v_id, v_page, v_active, v_scroll, v_first, v_last) with ordinality
    as v (s, id, page, active, scroll, first_at, last_at, i)
  where keep[v.s] and (v_keep is null or v_keep[v.i])
  on conflict (campaign_id, session_id, id) do update set
    page = least(t.page, excluded.page),
    active_ms = greatest(t.active_ms, excluded.active_ms),
    scroll = greatest(t.scroll, excluded.scroll),
    first_received_at = least(t.first_received_at, excluded.first_received_at),
    last_received_at = greatest(t.last_received_at, excluded.last_received_at)
  where excluded.active_ms > t.active_ms or excluded.last_received_at > t.last_received_at
    or excluded.scroll > t.scroll or excluded.first_received_at < t.first_received_at or excluded.page < t.page;
  get diagnostics n = row_count;
  stored := stored + n;
  complete := complete and (crowded or n >= fresh_views);

  if p_keep is null and exists (
    select from unnest(v_s, v_id, v_parts) as v (s, id, parts)
    where v.parts > 0 and v.parts + (
      select count(*) from internal.view_parts o
      where o.campaign_id = s_campaign[v.s] and o.session_id = s_id[v.s] and o.view_id = v.id) > 50
  ) or p_keep is not null then
    -- over 50 parts in a view: the new ones that do not fit are left out, in the order of their names
    select array_agg(k.fits order by k.i), count(*) filter (where not k.fits and keep[k.s] and k.view_fits)
    into p_keep, n
    from (
      select u.i, u.s, p_keep is null or p_keep[u.i] as view_fits, (p_keep is null or p_keep[u.i]) and (
        t.part is not null or row_number() over (
          partition by u.s, u.view_id, t.part is null order by u.part collate "C"
        ) <= 50 - (select count(*) from internal.view_parts o where o.campaign_id = s_campaign[u.s]
          and o.session_id = s_id[u.s] and o.view_id = u.view_id)
      ) as fits
      from unnest(p_s, p_view, p_part) with ordinality as u (s, view_id, part, i)
      left join internal.view_parts t on t.campaign_id = s_campaign[u.s] and t.session_id = s_id[u.s]
        and t.view_id = u.view_id and t.part = u.part
    ) k;
    drops := internal.add_drop(drops, 'too_many_parts', n);
    surplus := n;
  end if;
  insert into internal.view_parts as t (campaign_id, session_id, view_id, part, active_ms)
  select s_campaign[p.s], s_id[p.s], p.view_id, p.part, p.active
  from unnest(p_s, p_view, p_part, p_active) with ordinality as p (s, view_id, part, active, i)
  where keep[p.s] and (p_keep is null or p_keep[p.i])
  on conflict (campaign_id, session_id, view_id, part) do update set active_ms = excluded.active_ms
  where excluded.active_ms > t.active_ms;

  insert into internal.events as t (campaign_id, session_id, id, type, view_id, label, target, at, claimed)
  select s_campaign[e.s], s_id[e.s], e.id, e.type, e.view_id, e.label, e.target, e.at, e.claimed
  from unnest(e_s, e_id, e_type, e_view, e_label, e_target, e_at, e_claimed) with ordinality
    as e (s, id, type, view_id, label, target, at, claimed, i)
  where keep[e.s] and (e_keep is null or e_keep[e.i])
  on conflict (campaign_id, session_id, id) do update set
    (type, view_id, label, target) = (
      select d.type, d.view_id, d.label, d.target
      from (values (t.type, t.view_id, t.label, t.target),
        (excluded.type, excluded.view_id, excluded.label, excluded.target)) d (type, view_id, label, target)
      order by d.type, d.view_id nulls first, d.label nulls first, d.target nulls first limit 1
    ),
    at = least(t.at, excluded.at),
    claimed = t.claimed and excluded.claimed
  where excluded.at < t.at or (t.claimed and not excluded.claimed)
    or (excluded.type, coalesce(excluded.view_id, none), coalesce(excluded.label, ''), coalesce(excluded.target, ''))
      < (t.type, coalesce(t.view_id, none), coalesce(t.label, ''), coalesce(t.target, ''));
  get diagnostics n = row_count;
  stored := stored + n;
  complete := complete and (crowded or n >= fresh_acts);
  -- the opening of the link is an event that the session implies, not an item
  insert into internal.events as t (campaign_id, session_id, id, type, at, claimed)
  select k.campaign_id, k.id, k.id, 'link_open', k.started_at, false
  from unnest(s_campaign, s_id, s_started, keep) as k (campaign_id, id, started_at, keep)
  where k.keep and not exists (
    select from internal.events o
    where o.campaign_id = k.campaign_id and o.session_id = k.id and o.id = k.id and o.at <= k.started_at
  )
  on conflict (campaign_id, session_id, id) do update set at = excluded.at;

  -- The place of each session among those of its open, by their start. The opens are locked above, after the
  -- sessions: of two saves that bring sessions of one open the later sees both. A session that another save holds is
  -- left to that save, which comes here after us; to wait for it would be a deadlock. Past 1 000 nobody counts on, so
  -- that a ticket used again and again costs no more with each session.
  if r_open is not null then
    with placed as (
      select s.campaign_id, s.id, s.of_open, least(row_number() over (
        partition by s.campaign_id, s.open_id order by s.started_at, s.id), 1001)::int as place
      from unnest(r_campaign, r_open) r (campaign_id, open_id)
      join internal.sessions s on s.campaign_id = r.campaign_id and s.open_id = r.open_id and s.of_open <= 1000
    ), free as (
      select s.campaign_id, s.id, p.place
      from placed p join internal.sessions s on s.campaign_id = p.campaign_id and s.id = p.id
      where p.place <> p.of_open
      for update of s skip locked
    )
    update internal.sessions s set of_open = f.place
    from free f where s.campaign_id = f.campaign_id and s.id = f.id;
  end if;

  -- 4. The recount, from the session's own rows, and a look at whether all that was given is there now.
  with counted as materialized (
    select r.*, k.views as given_views, k.acts as given_acts
    from unnest(s_campaign, s_id, s_views, s_acts, keep) as k (campaign_id, id, views, acts, keep)
    join internal.sessions s on s.campaign_id = k.campaign_id and s.id = k.id
    join internal.recounted_sessions r on r.campaign_id = k.campaign_id and r.id = k.id
    where k.keep and (crowded or s.xmax <> 0)
  ), changed as (
    update internal.sessions s set
      active_ms = r.active_ms, view_count = r.view_count, acts = r.acts, forwards = r.forwards,
      externals = r.externals, ctas = r.ctas, leads = r.leads, summary_ms = r.summary_ms,
      case_studies_ms = r.case_studies_ms, contact_ms = r.contact_ms
    from counted r
    where s.campaign_id = r.campaign_id and s.id = r.id
      and (s.active_ms, s.view_count, s.acts, s.forwards, s.externals, s.ctas, s.leads, s.summary_ms,
        s.case_studies_ms, s.contact_ms)
      is distinct from (r.active_ms, r.view_count, r.acts, r.forwards, r.externals, r.ctas, r.leads, r.summary_ms,
        r.case_studies_ms, r.contact_ms)
  )
  select complete and coalesce(bool_and(crowded or r.view_count >= r.given_views and r.acts >= r.given_acts), true)
  into complete from counted r;
  if not complete then
    raise exception 'the database lost rows of % sessions in silence', kept using errcode = 'XX001';
  end if;

  -- 5. The tally. A part over the cap counts as an item, so that the sum is always right.
  received := received + surplus;
  duplicate := received - stored - (select coalesce(sum(d.value::bigint), 0) from jsonb_each_text(drops) d);
  perform internal.add_tally(
    jsonb_build_object('received', received, 'stored', stored, 'duplicate', duplicate)
    || (select coalesce(jsonb_object_agg('dropped:' || d.key, d.value), '{}') from jsonb_each(drops) d));
  return jsonb_build_object('stored', stored, 'duplicate', duplicate, 'dropped', drops);
end $$;
revoke execute on function internal.save_batch from public;
grant execute on function internal.save_batch to service_role;
