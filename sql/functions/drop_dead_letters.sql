-- Takes away dead letters that went back to the queue, and out of the tally: they are received once more.
create or replace function internal.drop_dead_letters(ids bigint[]) returns void
language sql volatile security definer set search_path = ''
begin atomic
  with gone as (
    delete from internal.dead_letters d where d.id = any (ids) returning d.items
  )
  select internal.add_tally(jsonb_build_object('received', -coalesce(sum(g.items), 0), 'dead', -coalesce(sum(g.items), 0)))
  from gone g;
end;
revoke execute on function internal.drop_dead_letters from public;
grant execute on function internal.drop_dead_letters to service_role;
