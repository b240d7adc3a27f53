-- Nobody erases in these campaigns until the transaction ends. Rows are locked in the order of their key everywhere, so
-- nobody waits in a circle.
create or replace function internal.lock_for_saving(campaigns uuid[]) returns void
language plpgsql volatile set search_path = ''
as $$
begin
  perform from internal.save_locks k
  where k.lane = pg_backend_pid() % 32
    and k.bucket = any (array(select internal.bucket_of(c.id) from unnest(campaigns) c (id)))
  order by k.lane, k.bucket
  for update;
end $$;
revoke execute on function internal.lock_for_saving from public;
