-- "This device is mine": answers whose code it is, once, while it is valid.
create or replace function internal.redeem_mine_code(hash bytea) returns text
language sql volatile security definer set search_path = ''
begin atomic
  update pitchbeat.mine_codes m set used_at = now()
  where m.hash = redeem_mine_code.hash and m.used_at is null and m.expires_at > now()
  returning m.owner_id;
end;
revoke execute on function internal.redeem_mine_code from public;
grant execute on function internal.redeem_mine_code to service_role;
