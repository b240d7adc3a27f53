-- Takes saved entries away.
create or replace function internal.ack_inbox(ids bigint[]) returns void
language sql volatile security definer set search_path = ''
begin atomic
  delete from internal.inbox i where i.id = any (ids);
end;
revoke execute on function internal.ack_inbox from public;
grant execute on function internal.ack_inbox to service_role;
