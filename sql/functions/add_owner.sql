-- Lets somebody who has an account write. A deleted owner stays deleted.
create or replace function internal.add_owner(id text) returns void
language sql volatile security definer set search_path = ''
begin atomic
  insert into pitchbeat.owners (id) values (add_owner.id) on conflict do nothing;
end;
revoke execute on function internal.add_owner from public;
grant execute on function internal.add_owner to service_role;
