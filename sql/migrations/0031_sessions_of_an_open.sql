-- The open whose ticket a session came with, and its place among the sessions of that open, by their start: one page that
-- was served makes few sessions. `of_open` is counted anew in the save that adds or moves a session.
alter table internal.sessions
  add column open_id uuid,
  add column of_open int not null default 1;
create index sessions_of_an_open on internal.sessions (campaign_id, open_id, started_at, id)
  where open_id is not null and of_open <= 1000;
grant select (open_id, of_open) on internal.sessions to authenticated;
