-- Codes that owners give to those who may make an account, where SIGN_UP is open. Each serves once.
create table pitchbeat.invitations (
  hash bytea primary key,
  owner_id text not null default pitchbeat.current_owner_id() check (owner_id <> ''),
  expires_at timestamptz not null
);
create index invitations_owner on pitchbeat.invitations (owner_id);
alter table pitchbeat.invitations enable row level security, force row level security;
create policy system on pitchbeat.invitations to pitchbeat_owner using (true) with check (true);
create policy owner on pitchbeat.invitations to authenticated
  using (owner_id = (select pitchbeat.current_owner_id()))
  with check (owner_id = (select pitchbeat.current_owner_id()));
grant insert (hash, expires_at) on pitchbeat.invitations to authenticated;
create trigger living_owner before insert or update or delete on pitchbeat.invitations
  for each statement when (pitchbeat.current_owner_id() is not null)
    execute function pitchbeat.require_living_owner();
