-- What a reason counts as. An overruled one counts as what the owner said.
create or replace function pitchbeat.verdict(reason text, overruled text) returns text
language sql immutable parallel safe
return case
  when reason = 'overruled' then overruled
  when reason = 'person' then 'person'
  when reason in ('owner_device', 'owner_login') then 'owner'
  else 'bot'
end;
grant execute on function pitchbeat.verdict to authenticated, service_role;
