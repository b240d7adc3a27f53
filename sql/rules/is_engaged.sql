-- An Actual session with more than one event: the opening and at least one act.
create or replace function pitchbeat.is_engaged(credited_ms bigint, acts int) returns boolean
language sql immutable parallel safe
return pitchbeat.is_actual(credited_ms) and acts >= 1;
grant execute on function pitchbeat.is_engaged to authenticated, service_role;
