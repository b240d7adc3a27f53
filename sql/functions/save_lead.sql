-- A lead of a hosted page, in one transaction with the session it came from and the event that it is. A session that is
-- known at another link is not this reader's: the lead is kept without it.
-- lead = {campaign_id, link_id, lead_id, name, email, message, received_at (Unix ms), session: null |
-- {id, open_id (or null), served_at (Unix ms), window_ms (absent = 30 minutes), flags, private, ua: {class, device, browser, os, hash}, page}}
-- Answers stored, repeat (same id and content), conflict (same id, other content), erased (the owner erased this form's
-- lead), unknown_link or link_off.
create or replace function internal.save_lead(lead jsonb) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  the_campaign constant uuid := lead ->> 'campaign_id';
  the_link constant uuid := lead ->> 'link_id';
  the_lead constant uuid := lead ->> 'lead_id';
  received_at constant timestamptz := to_timestamp((lead ->> 'received_at')::bigint / 1000.0);
  session jsonb := case when jsonb_typeof(lead -> 'session') = 'object' then lead -> 'session' end;
  flags constant jsonb := session -> 'flags';
  ua constant jsonb := session -> 'ua';
  the_session uuid := session ->> 'id';
  ends_at timestamptz;
  answer jsonb;
begin
  select p.ends_at into ends_at from internal.prepare_save(array[the_link]) p where p.campaign_id = the_campaign;
  if not found then
    return 'unknown_link';
  end if;
  if ends_at <= received_at then
    return 'link_off';
  end if;
  if exists (select from internal.erased x where x.campaign_id = the_campaign and x.id = the_lead) then
    return 'erased';
  end if;
  if exists (select from internal.sessions s
             where s.campaign_id = the_campaign and s.id = the_session and s.link_id <> the_link) then
    session := null;
    the_session := null;
  end if;
  insert into pitchbeat.leads (campaign_id, id, link_id, session_id, name, email, message, created_at)
  values (the_campaign, the_lead, the_link, the_session, lead ->> 'name', lead ->> 'email', lead ->> 'message',
    received_at)
  on conflict do nothing;
  if not found then
    return case when exists (
      select from pitchbeat.leads l where l.campaign_id = the_campaign and l.id = the_lead
        and (l.name, l.email, l.message) = (lead ->> 'name', lead ->> 'email', lead ->> 'message')
    ) then 'repeat' else 'conflict' end;
  end if;
  if session is null then
    return 'stored';
  end if;
  answer := internal.save_batch(
    received => 2, l_campaign => array[the_campaign], l_id => array[the_link], s_l => array[1], s_campaign => array[the_campaign], s_id => array[the_session], s_link => array[the_link],
    s_open => array[(session ->> 'open_id')::uuid],
    s_items => array[2], s_sliding => array[coalesce((flags ->> 'sliding')::boolean, false)],
    s_window => array[coalesce((session ->> 'window_ms')::int, 1800000)],
    s_served => array[to_timestamp((session ->> 'served_at')::bigint / 1000.0)], s_started => array[received_at],
    s_last => array[received_at], s_state => array['reading'], s_automated => array[false], s_input => array[true],
    s_private => array[coalesce((session ->> 'private')::boolean, false)],
    s_owner_device => array[coalesce((flags ->> 'owner_device')::boolean, false)],
    s_owner_login => array[coalesce((flags ->> 'owner_login')::boolean, false)],
    s_prefetch => array[coalesce((flags ->> 'prefetch')::boolean, false)],
    s_ua_class => array[ua ->> 'class'], s_device => array[ua ->> 'device'], s_browser => array[ua ->> 'browser'],
    s_os => array[ua ->> 'os'], s_referrer => array[null::text], s_utm_source => array[null::text], s_utm_medium => array[null::text],
    s_utm_campaign => array[null::text], s_language => array[null::text], s_ua_hash => array[ua ->> 'hash'],
    s_active => array[0], s_views => array[0], s_acts => array[1], s_forwards => array[0], s_externals => array[0],
    s_ctas => array[0], s_leads => array[1], s_summary => array[0], s_case_studies => array[0], s_contact => array[0],
    e_s => array[1], e_id => array[the_lead], e_type => array['lead_submit'], e_view => array[null::uuid],
    e_label => array[null::text], e_target => array[null::text], e_at => array[received_at], e_claimed => array[false]
  );
  if (answer -> 'dropped') ? 'erased' then
    update pitchbeat.leads l set session_id = null where l.campaign_id = the_campaign and l.id = the_lead;
  end if;
  return 'stored';
end $$;
revoke execute on function internal.save_lead from public;
grant execute on function internal.save_lead to service_role;
