-- The window that a session was measured by, in milliseconds. Sessions from before were judged by 30 minutes.
alter table internal.sessions add column window_ms int not null default 1800000 check (window_ms > 0);
grant select (window_ms) on internal.sessions to authenticated;

-- Versions were made before owners were rows, so they lack what the other tables of an owner got with 0023 and 0020.
create trigger living_owner before insert or update or delete on pitchbeat.versions
  for each statement when (pitchbeat.current_owner_id() is not null)
    execute function pitchbeat.require_living_owner();
