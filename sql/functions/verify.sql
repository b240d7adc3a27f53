-- Recounts every session of one campaign, or of all, from its own rows, and answers those whose sums differ.
create or replace function internal.verify(campaign uuid default null)
returns table (campaign_id uuid, session_id uuid, stored jsonb, recounted jsonb)
language sql stable security definer set search_path = ''
as $$
  select s.campaign_id, s.id,
    jsonb_build_object('active_ms', s.active_ms, 'views', s.view_count, 'acts', s.acts, 'forwards', s.forwards,
      'externals', s.externals, 'ctas', s.ctas, 'leads', s.leads, 'summary_ms', s.summary_ms,
      'case_studies_ms', s.case_studies_ms, 'contact_ms', s.contact_ms),
    jsonb_build_object('active_ms', r.active_ms, 'views', r.view_count, 'acts', r.acts, 'forwards', r.forwards,
      'externals', r.externals, 'ctas', r.ctas, 'leads', r.leads, 'summary_ms', r.summary_ms,
      'case_studies_ms', r.case_studies_ms, 'contact_ms', r.contact_ms)
  from internal.sessions s
  join internal.recounted_sessions r on r.campaign_id = s.campaign_id and r.id = s.id
  where (campaign is null or s.campaign_id = campaign)
    and (s.active_ms, s.view_count, s.acts, s.forwards, s.externals, s.ctas, s.leads, s.summary_ms,
      s.case_studies_ms, s.contact_ms)
    is distinct from (r.active_ms, r.view_count, r.acts, r.forwards, r.externals, r.ctas, r.leads, r.summary_ms,
      r.case_studies_ms, r.contact_ms);
$$;
revoke execute on function internal.verify from public;
grant execute on function internal.verify to service_role;
