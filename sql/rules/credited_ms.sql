-- Claimed active time, capped by what the server's clock allows: from the first report to the last, plus up to
-- a minute before the first (an outage at the start costs an honest reader nothing), plus 5 s of travel; never
-- more than the window the session was measured by where it is fixed, or 48 of them where it slides (a day, of 30
-- minutes). So a forged first beat makes no Actual session.
create or replace function pitchbeat.credited_ms(
  active_ms bigint, served_at timestamptz, started_at timestamptz, last_received_at timestamptz, sliding boolean,
  window_ms int
) returns bigint
language sql immutable parallel safe
return greatest(0, least(
  active_ms,
  (extract(epoch from last_received_at - started_at) * 1000)::bigint
    + least((extract(epoch from started_at - coalesce(served_at, started_at)) * 1000)::bigint, 60000)
    + 5000,
  window_ms::bigint * case when sliding then 48 else 1 end
));
grant execute on function pitchbeat.credited_ms to authenticated, service_role;
