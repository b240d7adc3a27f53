-- How many owners there are or have been: the set-up code changes with it, so that each code serves once.
create or replace function internal.owners_ever() returns bigint
language sql stable security definer set search_path = ''
begin atomic
  select count(*) from pitchbeat.owners;
end;
revoke execute on function internal.owners_ever from public;
grant execute on function internal.owners_ever to service_role;
