-- Adds to today's tally, in the order of the outcomes. 32 rows an outcome, so that savers seldom wait for each other.
create or replace function internal.add_tally(outcomes jsonb) returns void
language sql volatile set search_path = ''
begin atomic
  insert into internal.tally as t (day, worker, outcome, n)
  select (now() at time zone 'UTC')::date, pg_backend_pid() % 32, o.key, o.value::bigint
  from jsonb_each_text(outcomes) o
  where o.value <> '0'
  order by o.key collate "C"
  on conflict (day, worker, outcome) do update set n = t.n + excluded.n;
end;
revoke execute on function internal.add_tally from public;
