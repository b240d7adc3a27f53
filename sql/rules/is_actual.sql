-- More than 10 s of credited time.
create or replace function pitchbeat.is_actual(credited_ms bigint) returns boolean
language sql immutable parallel safe
return credited_ms > 10000;
grant execute on function pitchbeat.is_actual to authenticated, service_role;
