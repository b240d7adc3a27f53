-- Keeps an entry that the save refused, as it came. `items`: what it counts for in the tally. The same bytes again are
-- one letter under a new number, so that a redrive under way, which takes its old number away, does not take it with it.
create or replace function internal.put_dead_letter(
  reason text, sqlstate text, error text, payload bytea, campaign_id uuid default null, session_id uuid default null,
  items int default 1
) returns void
language sql volatile security definer set search_path = ''
begin atomic
  with put as (
    insert into internal.dead_letters as d (reason, sqlstate, error, payload, campaign_id, session_id, items)
    values (put_dead_letter.reason, put_dead_letter.sqlstate, put_dead_letter.error, put_dead_letter.payload,
      put_dead_letter.campaign_id, put_dead_letter.session_id, put_dead_letter.items)
    on conflict (sha256(payload)) do update set
      id = default, received_at = excluded.received_at, reason = excluded.reason, sqlstate = excluded.sqlstate,
      error = excluded.error
    returning d.xmax = 0 as fresh
  )
  select internal.add_tally(jsonb_build_object('received', items, case when p.fresh then 'dead' else 'duplicate' end, items))
  from put p;
end;
revoke execute on function internal.put_dead_letter from public;
grant execute on function internal.put_dead_letter to service_role;
