-- The reader opted out in the middle of a session: the session becomes private and loses its hash, for good, since a save
-- never gives a private session one. False where no such session is saved (yet).
create or replace function internal.opt_out(slug text, session uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
begin
  update internal.sessions s set private = true, ua_hash = null
  from pitchbeat.links l
  where l.slug = opt_out.slug and s.campaign_id = l.campaign_id and s.id = opt_out.session;
  return found;
end $$;
revoke execute on function internal.opt_out from public;
grant execute on function internal.opt_out to service_role;
