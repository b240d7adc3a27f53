-- The time from the page to the first report, up to a minute: an outage at the start costs an honest reader nothing.
create or replace function pitchbeat.before_first_ms(served_at timestamptz, started_at timestamptz) returns bigint
language sql immutable parallel safe
return least((extract(epoch from started_at - coalesce(served_at, started_at)) * 1000)::bigint, 60000);
grant execute on function pitchbeat.before_first_ms to authenticated, service_role;
