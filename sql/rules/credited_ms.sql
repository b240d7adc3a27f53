-- Claimed active time, capped by what the server's clock allows: from the first report to the last, plus the time
-- before the first where it is not withheld, plus 5 s of travel; never more than the window the session was measured by
-- where it is fixed, or 48 of them where it slides (a day, of 30 minutes). So a forged first beat makes no Actual session.
create or replace function pitchbeat.credited_ms(
  active_ms bigint, served_at timestamptz, started_at timestamptz, last_received_at timestamptz, sliding boolean,
  window_ms int
) returns bigint
language sql immutable parallel safe
return greatest(0, least(
  active_ms,
  (extract(epoch from last_received_at - started_at) * 1000)::bigint
    + pitchbeat.before_first_ms(served_at, started_at)
    - pitchbeat.withheld_ms(served_at, started_at, last_received_at)
    + 5000,
  window_ms::bigint * case when sliding then 48 else 1 end
));
grant execute on function pitchbeat.credited_ms to authenticated, service_role;
