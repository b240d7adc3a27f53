-- "This device is mine": answers whose code it is, once, while it is valid; used and expired codes are removed. A device
-- that is marked as another owner's is told whose code it is, and keeps the code until its holder has agreed.
create or replace function internal.redeem_mine_code(hash bytea, marked_as text default null)
returns table (owner_id text, redeemed boolean)
language sql volatile security definer set search_path = ''
begin atomic
  with gone as (
    delete from pitchbeat.mine_codes m
    where m.expires_at <= now() or m.used_at is not null
      or (m.hash = redeem_mine_code.hash and coalesce(m.owner_id = redeem_mine_code.marked_as, true))
    returning m.hash, m.owner_id, m.expires_at > now() and m.used_at is null as valid
  )
  select g.owner_id, true from gone g where g.hash = redeem_mine_code.hash and g.valid
  union all
  select m.owner_id, false from pitchbeat.mine_codes m
  where m.hash = redeem_mine_code.hash and m.expires_at > now() and m.used_at is null
    and m.owner_id <> redeem_mine_code.marked_as;
end;
revoke execute on function internal.redeem_mine_code from public;
grant execute on function internal.redeem_mine_code to service_role;
