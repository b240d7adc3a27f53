-- Waits for the saves under way in these campaigns, and lets none begin until the transaction ends. What is asked after
-- this, in a statement of its own, sees all that they wrote.
create or replace function internal.lock_for_erasing(campaigns uuid[]) returns void
language plpgsql volatile set search_path = ''
as $$
begin
  perform from internal.save_locks k
  where k.bucket = any (array(select internal.bucket_of(c.id) from unnest(campaigns) c (id)))
  order by k.lane, k.bucket
  for update;
end $$;
revoke execute on function internal.lock_for_erasing from public;
