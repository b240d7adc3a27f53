-- Whose token this is. Its last use is noted once a minute, not with every request.
create or replace function internal.token_owner(hash bytea) returns table (owner_id text, scope text, version int)
language sql volatile security definer set search_path = ''
begin atomic
  with used as (
    update pitchbeat.tokens t set last_used_at = now()
    where t.hash = token_owner.hash and coalesce(t.last_used_at < now() - interval '1 minute', true)
  )
  select t.owner_id, t.scope, o.version from pitchbeat.tokens t
  join pitchbeat.owners o on o.id = t.owner_id and o.deleted_at is null
  where t.hash = token_owner.hash;
end;
revoke execute on function internal.token_owner from public;
grant execute on function internal.token_owner to service_role;
