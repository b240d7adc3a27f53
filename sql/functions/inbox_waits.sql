-- For how many milliseconds the oldest entry of the inbox has waited; at least 1 where one waits, 0 where none does.
create or replace function internal.inbox_waits() returns bigint
language sql volatile security definer set search_path = ''
return coalesce((
  select greatest(1, extract(epoch from clock_timestamp() - i.received_at) * 1000)::bigint
  from internal.inbox i order by i.id limit 1
), 0);
revoke execute on function internal.inbox_waits from public;
grant execute on function internal.inbox_waits to service_role;
