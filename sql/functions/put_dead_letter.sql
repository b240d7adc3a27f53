-- Keeps an entry that the save refused, as it came. `items`: what it counts for in the tally.
create or replace function internal.put_dead_letter(
  reason text, sqlstate text, error text, payload bytea, campaign_id uuid default null, session_id uuid default null,
  items int default 1
) returns void
language sql volatile security definer set search_path = ''
begin atomic
  insert into internal.dead_letters (reason, sqlstate, error, payload, campaign_id, session_id, items)
  values (put_dead_letter.reason, put_dead_letter.sqlstate, put_dead_letter.error, put_dead_letter.payload,
    put_dead_letter.campaign_id, put_dead_letter.session_id, put_dead_letter.items);
  select internal.add_tally(jsonb_build_object('received', items, 'dead', items));
end;
revoke execute on function internal.put_dead_letter from public;
grant execute on function internal.put_dead_letter to service_role;
