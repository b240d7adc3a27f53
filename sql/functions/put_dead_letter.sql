-- Keeps an entry that the save refused, as it came. `items`: what it counts for in the tally. The same bytes again are
-- one letter under a new number, so that a redrive under way, which takes its old number away, does not take it with it.
-- What belongs to a deleted campaign or an erased session is dropped, as the save would have done.
create or replace function internal.put_dead_letter(
  reason text, sqlstate text, error text, payload bytea, campaign_id uuid default null, session_id uuid default null,
  items int default 1
) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  outcome text := 'dead';
begin
  perform internal.lock_for_saving(array[put_dead_letter.campaign_id]);
  if exists (select from internal.erased e
    where e.campaign_id = put_dead_letter.campaign_id and e.id = put_dead_letter.session_id) then
    outcome := 'dropped:erased';
  elsif not exists (select from pitchbeat.campaigns c where c.id = put_dead_letter.campaign_id and c.deleted_at is null)
    and put_dead_letter.campaign_id is not null then
    outcome := 'dropped:unknown_link';
  else
    insert into internal.dead_letters as d (reason, sqlstate, error, payload, campaign_id, session_id, items)
    values (put_dead_letter.reason, put_dead_letter.sqlstate, put_dead_letter.error, put_dead_letter.payload,
      put_dead_letter.campaign_id, put_dead_letter.session_id, put_dead_letter.items)
    on conflict (sha256(payload)) do update set
      id = default, received_at = excluded.received_at, reason = excluded.reason, sqlstate = excluded.sqlstate,
      error = excluded.error
    returning case when d.xmax = 0 then 'dead' else 'duplicate' end into outcome;
  end if;
  perform internal.add_tally(jsonb_build_object('received', items, outcome, items));
end $$;
revoke execute on function internal.put_dead_letter from public;
grant execute on function internal.put_dead_letter to service_role;
