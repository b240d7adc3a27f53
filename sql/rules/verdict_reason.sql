-- Why a session or open counts as what it counts; the first that fits. Null means "not known": opens know
-- nothing of input, time or automation. `possible_ms` is the credited time and what of it is still withheld.
create or replace function pitchbeat.verdict_reason(
  overruled text, owner_device boolean, owner_login boolean, ua_class text, automated boolean, prefetch boolean,
  too_many boolean, active_ms bigint, possible_ms bigint, input boolean, over boolean
) returns text
language sql immutable parallel safe
return case
  when overruled is not null then 'overruled'
  when owner_device then 'owner_device'
  when owner_login then 'owner_login'
  when ua_class = 'preview' then 'preview'
  when ua_class = 'crawler' then 'crawler'
  when ua_class = 'client' then 'client'
  when ua_class = 'empty' then 'empty_user_agent'
  when automated then 'automated'
  when prefetch then 'prefetch'
  when too_many then 'too_many_of_one_open'
  when active_ms - possible_ms > 10000 then 'impossible_time'
  when not input and active_ms < 3000 and over then 'no_input_gone'
  else 'person'
end;
grant execute on function pitchbeat.verdict_reason to authenticated, service_role;
