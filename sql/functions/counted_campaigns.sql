-- The campaigns that have sessions, so that verify can go one by one and show how far it is.
create or replace function internal.counted_campaigns() returns table (id uuid)
language sql stable security definer set search_path = ''
begin atomic
  select distinct s.campaign_id from internal.sessions s order by 1;
end;
revoke execute on function internal.counted_campaigns from public;
grant execute on function internal.counted_campaigns to service_role;
