-- Ends a token. False where the owner has no such token.
create or replace function internal.delete_token(owner_id text, id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
begin
  delete from pitchbeat.tokens t where t.id = delete_token.id and t.owner_id = delete_token.owner_id;
  return found;
end $$;
revoke execute on function internal.delete_token from public;
grant execute on function internal.delete_token to service_role;
