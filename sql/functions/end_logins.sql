-- Requests under way that proved themselves before this are refused; the tokens go as well, if asked.
create or replace function internal.end_logins(owner_id text, tokens_too boolean default false) returns void
language sql volatile security definer set search_path = ''
begin atomic
  update pitchbeat.owners o set version = o.version + 1 where o.id = end_logins.owner_id;
  delete from pitchbeat.tokens t where t.owner_id = end_logins.owner_id and end_logins.tokens_too;
end;
revoke execute on function internal.end_logins from public;
grant execute on function internal.end_logins to service_role;
