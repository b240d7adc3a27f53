-- Entries pushed and not acked yet.
create or replace function internal.inbox_depth() returns bigint
language sql stable security definer set search_path = ''
return (select count(*) from internal.inbox);
revoke execute on function internal.inbox_depth from public;
grant execute on function internal.inbox_depth to service_role;
