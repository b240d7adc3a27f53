-- Borrows up to `max` entries until the lease ends; what another taker holds is passed over.
create or replace function internal.take_inbox(max int, lease_ms int, taker text)
returns table (id bigint, body bytea, tries int)
language sql volatile security definer set search_path = ''
begin atomic
  with free as (
    select i.id from internal.inbox i
    where i.taken_until is null or i.taken_until < now()
    order by i.id
    limit max
    for update skip locked
  ), taken as (
    update internal.inbox i
    set taken_until = now() + lease_ms * interval '1 millisecond', taken_by = taker, tries = i.tries + 1
    from free where i.id = free.id
    returning i.id, i.body, i.tries
  )
  select t.id, t.body, t.tries from taken t order by t.id;
end;
revoke execute on function internal.take_inbox from public;
grant execute on function internal.take_inbox to service_role;
