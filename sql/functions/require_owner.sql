-- Stands at the head of a request's transaction: what was proven before must still hold.
create or replace function internal.require_owner(id text, version int) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  if internal.owner_version(require_owner.id) is distinct from require_owner.version then
    raise exception 'this login ended' using errcode = 'PB401';
  end if;
end $$;
revoke execute on function internal.require_owner from public;
grant execute on function internal.require_owner to service_role;
