-- Dead letters in the order they came, after `after`, for redrive. Reading takes nothing away: the caller pushes them
-- to the queue first and then calls drop_dead_letters, so a crash in between doubles an entry, which the save does not
-- mind, and loses none.
create or replace function internal.take_dead_letters(max int, after bigint default 0)
returns table (id bigint, reason text, sqlstate text, error text, payload bytea)
language sql stable security definer set search_path = ''
begin atomic
  select d.id, d.reason, d.sqlstate, d.error, d.payload from internal.dead_letters d
  where d.id > after order by d.id limit max;
end;
revoke execute on function internal.take_dead_letters from public;
grant execute on function internal.take_dead_letters to service_role;
