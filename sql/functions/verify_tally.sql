-- The conservation law over all days: received = stored + duplicate + dropped + dead. `missing` must be 0.
create or replace function internal.verify_tally()
returns table (received bigint, stored bigint, duplicate bigint, dropped bigint, dead bigint, missing bigint)
language sql stable security definer set search_path = ''
begin atomic
  select t.received, t.stored, t.duplicate, t.dropped, t.dead,
    t.received - t.stored - t.duplicate - t.dropped - t.dead
  from (
    select
      coalesce(sum(o.n) filter (where o.outcome = 'received'), 0)::bigint as received,
      coalesce(sum(o.n) filter (where o.outcome = 'stored'), 0)::bigint as stored,
      coalesce(sum(o.n) filter (where o.outcome = 'duplicate'), 0)::bigint as duplicate,
      coalesce(sum(o.n) filter (where o.outcome like 'dropped:%'), 0)::bigint as dropped,
      coalesce(sum(o.n) filter (where o.outcome = 'dead'), 0)::bigint as dead
    from internal.tally o
  ) t;
end;
revoke execute on function internal.verify_tally from public;
grant execute on function internal.verify_tally to service_role;
