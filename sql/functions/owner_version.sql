-- The version that a login of this owner has now; null where the owner was deleted or never was.
create or replace function internal.owner_version(id text) returns int
language sql stable security definer set search_path = ''
begin atomic
  select o.version from pitchbeat.owners o where o.id = owner_version.id and o.deleted_at is null;
end;
revoke execute on function internal.owner_version from public;
grant execute on function internal.owner_version to service_role;
