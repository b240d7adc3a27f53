-- The table queue: entries wait here, in the order of their ids.
create or replace function internal.push_inbox(bodies bytea[]) returns void
language sql volatile security definer set search_path = ''
begin atomic
  insert into internal.inbox (body) select b.body from unnest(bodies) with ordinality b (body, i) order by b.i;
end;
revoke execute on function internal.push_inbox from public;
grant execute on function internal.push_inbox to service_role;
