-- Row security on every table, forced: it binds the owner of the tables too, who gets a policy of their own.
do $$
declare
  name regclass;
begin
  for name in
    select c.oid::regclass from pg_catalog.pg_class c
    where c.relnamespace in ('pitchbeat'::regnamespace, 'internal'::regnamespace) and c.relkind = 'r'
  loop
    execute format('alter table %s enable row level security, force row level security', name);
    execute format('create policy system on %s to pitchbeat_owner using (true) with check (true)', name);
  end loop;
end $$;

-- Owners: their own rows.
create policy owner on pitchbeat.projects to authenticated
  using (owner_id = (select pitchbeat.current_owner_id()))
  with check (owner_id = (select pitchbeat.current_owner_id()));
-- A foreign key does not ask row security, so the policy does: a campaign stands in a project of the same owner.
create policy owner on pitchbeat.campaigns to authenticated
  using (owner_id = (select pitchbeat.current_owner_id()))
  with check (
    owner_id = (select pitchbeat.current_owner_id())
    and project_id = any (array(select p.id from pitchbeat.projects p
                                where p.owner_id = (select pitchbeat.current_owner_id())))
  );
create policy owner on pitchbeat.links to authenticated
  using (campaign_id = any (array(select c.id from pitchbeat.campaigns c
                                  where c.owner_id = (select pitchbeat.current_owner_id()))))
  with check (campaign_id = any (array(select c.id from pitchbeat.campaigns c
                                       where c.owner_id = (select pitchbeat.current_owner_id()))));
create policy owner on pitchbeat.leads to authenticated
  using (campaign_id = any (array(select c.id from pitchbeat.campaigns c
                                  where c.owner_id = (select pitchbeat.current_owner_id()))))
  with check (campaign_id = any (array(select c.id from pitchbeat.campaigns c
                                       where c.owner_id = (select pitchbeat.current_owner_id()))));
create policy owner on pitchbeat.tokens to authenticated
  using (owner_id = (select pitchbeat.current_owner_id()))
  with check (owner_id = (select pitchbeat.current_owner_id()));
create policy owner on pitchbeat.mine_codes to authenticated
  using (owner_id = (select pitchbeat.current_owner_id()))
  with check (owner_id = (select pitchbeat.current_owner_id()));

-- Facts: read only, by the campaigns they belong to. The array is evaluated once and uses the key's prefix:
-- measured 17.8 ms where an owner column on the facts took 32 and a correlated exists 51.
do $$
declare
  name text;
begin
  foreach name in array array['sessions', 'views', 'view_parts', 'events', 'opens', 'overrules'] loop
    execute format($policy$
      create policy owner on internal.%I for select to authenticated
        using (campaign_id = any (array(select c.id from pitchbeat.campaigns c
                                        where c.owner_id = (select pitchbeat.current_owner_id()))))
    $policy$, name);
  end loop;
end $$;
