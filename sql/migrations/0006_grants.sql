-- authenticated: what an owner may touch, by column where a column is not theirs to set. anon: nothing.
-- service_role: only EXECUTE, on functions (each file in sql/functions grants its own).
grant usage on schema pitchbeat to authenticated;
grant usage on schema internal to service_role;
grant execute on function pitchbeat.current_owner_id() to authenticated;

grant select, delete on pitchbeat.projects to authenticated;
grant insert (id, name, time_zone, allowed_origins, retention_days),
  update (name, time_zone, allowed_origins, retention_days) on pitchbeat.projects to authenticated;

grant select on pitchbeat.campaigns to authenticated;
grant insert (id, project_id, title, language, indexable, gone_text, draft, published, published_at),
  update (project_id, title, language, indexable, gone_text, draft, draft_version, published, published_at,
    archived_at) on pitchbeat.campaigns to authenticated;

grant select on pitchbeat.links to authenticated;
grant insert (id, campaign_id, slug, label, note, off_at, expires_at, muted),
  update (label, note, off_at, expires_at, muted) on pitchbeat.links to authenticated;

grant select, delete on pitchbeat.leads to authenticated;
grant update (status) on pitchbeat.leads to authenticated;

grant select (id, owner_id, name, scope, created_at, last_used_at), delete on pitchbeat.tokens to authenticated;
grant insert (id, name, scope, hash) on pitchbeat.tokens to authenticated;

grant insert (hash, expires_at) on pitchbeat.mine_codes to authenticated;

-- Beneath the public views. What no view shows is not granted: owner_id, project_id, ua_hash.
grant select (campaign_id, id, link_id, sliding, served_at, started_at, last_received_at, last_state, automated,
  input, private, owner_device, owner_login, prefetch, ua_class, device, browser, os, referrer_host, utm_source,
  utm_medium, utm_campaign, language, active_ms, view_count, acts, forwards, externals, ctas, leads, summary_ms,
  case_studies_ms, contact_ms) on internal.sessions to authenticated;
grant select on internal.views, internal.view_parts, internal.events, internal.opens, internal.overrules
  to authenticated;
