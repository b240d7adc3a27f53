-- Removes up to about `max` rows of what was recorded of a deleted campaign, and remembers how far it came: whoever is
-- killed here leaves the rest to the next call. Answers the rows removed; null where nothing is left to do, or others do it.
create or replace function internal.erase_some(max int) returns int
language plpgsql volatile security definer set search_path = ''
as $$
declare
  -- each with the column in whose order its rows go, so that no call looks at what earlier ones removed
  tables constant text[] := array['internal.view_parts', 'internal.views', 'internal.events', 'internal.sessions',
    'internal.opens', 'internal.overrules', 'internal.erased', 'pitchbeat.leads', 'pitchbeat.versions'];
  keys constant text[] := array['session_id', 'session_id', 'session_id', 'id', 'id', 'id', 'id', 'id', 'id'];
  erasure internal.erasures;
  last uuid;
  removed int := 0;
begin
  select * into erasure from internal.erasures e
  order by e.asked_at, e.campaign_id limit 1 for update skip locked;
  if not found then
    return null;
  end if;
  while erasure.step <= cardinality(tables) loop
    execute format('select k.key from (
        select t.%1$I as key from %2$s t where t.campaign_id = $1 and t.%1$I >= $2 order by t.%1$I limit $3
      ) k order by k.key desc limit 1', keys[erasure.step], tables[erasure.step])
    into last using erasure.campaign_id, erasure.after, max;
    if last is not null then
      execute format('delete from %2$s t where t.campaign_id = $1 and t.%1$I between $2 and $3',
        keys[erasure.step], tables[erasure.step])
      using erasure.campaign_id, erasure.after, last;
      get diagnostics removed = row_count;
      update internal.erasures e set step = erasure.step, after = last where e.campaign_id = erasure.campaign_id;
      return removed;
    end if;
    erasure.step := erasure.step + 1;
    erasure.after := '00000000-0000-0000-0000-000000000000';
  end loop;
  delete from internal.dead_letters d where d.campaign_id = erasure.campaign_id;
  get diagnostics removed = row_count;
  update pitchbeat.links l set label = '', note = '' where l.campaign_id = erasure.campaign_id;
  -- of a deleted account nothing stays
  delete from pitchbeat.campaigns c using pitchbeat.owners o
  where c.id = erasure.campaign_id and o.id = c.owner_id and o.deleted_at is not null;
  delete from internal.erasures e where e.campaign_id = erasure.campaign_id;
  return removed;
end $$;
revoke execute on function internal.erase_some from public;
grant execute on function internal.erase_some to service_role;
