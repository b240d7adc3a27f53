create or replace function pitchbeat.flag(credited_ms bigint, acts int) returns text
language sql immutable parallel safe
return case
  when pitchbeat.is_engaged(credited_ms, acts) then 'engaged'
  when pitchbeat.is_actual(credited_ms) then 'actual'
  else 'new'
end;
grant execute on function pitchbeat.flag to authenticated, service_role;
