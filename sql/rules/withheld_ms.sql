-- The time before the first report is credited once another report came at least 1 s later. Until then it is withheld:
-- a program that sends one request under a ticket kept for some seconds makes no Actual session. What is withheld is no
-- impossible time either.
create or replace function pitchbeat.withheld_ms(
  served_at timestamptz, started_at timestamptz, last_received_at timestamptz
) returns bigint
language sql immutable parallel safe
return case
  when last_received_at - started_at >= interval '1 second' then 0
  else greatest(0, pitchbeat.before_first_ms(served_at, started_at))
end;
grant execute on function pitchbeat.withheld_ms to authenticated, service_role;
