-- Nothing more is to be expected: the reader left 10 s ago (another tab may still report), or the window passed.
create or replace function pitchbeat.is_over(
  last_state text, started_at timestamptz, last_received_at timestamptz, sliding boolean, window_ms int,
  now timestamptz
) returns boolean
language sql immutable parallel safe
return (last_state = 'left' and now - last_received_at > interval '10 seconds')
  or case
    when sliding then now - last_received_at > window_ms * interval '1 ms'
      or now - started_at > 48 * (window_ms * interval '1 ms')
    else now - started_at > window_ms * interval '1 ms'
  end;
grant execute on function pitchbeat.is_over to authenticated, service_role;
