-- Nothing more is to be expected: the reader left 10 s ago (another tab may still report), or the window passed.
create or replace function pitchbeat.is_over(
  last_state text, started_at timestamptz, last_received_at timestamptz, sliding boolean, now timestamptz
) returns boolean
language sql immutable parallel safe
return (last_state = 'left' and now - last_received_at > interval '10 seconds')
  or case
    when sliding then now - last_received_at > interval '30 minutes' or now - started_at > interval '24 hours'
    else now - started_at > interval '30 minutes'
  end;
grant execute on function pitchbeat.is_over to authenticated, service_role;
