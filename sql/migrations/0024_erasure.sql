-- Who saves and who erases lock rows here. Advisory locks stood in their place: every login of the server may take those
-- and can read their keys in pg_locks, so a stranger could stop all saving.
-- A campaign belongs to one of 64 buckets. A save takes one row of each of its buckets, that of its lane; an erasure takes
-- the rows of all lanes. So saves do not meet each other, and an erasure is not overtaken by them for ever, as it would be
-- with one row that they share.
create table internal.save_locks (
  lane smallint not null,
  bucket smallint not null,
  primary key (lane, bucket)
);
alter table internal.save_locks enable row level security, force row level security;
create policy system on internal.save_locks to pitchbeat_owner using (true) with check (true);

insert into internal.save_locks (lane, bucket)
select l, b from generate_series(0, 31) l, generate_series(0, 63) b order by l, b;

-- Campaigns that were deleted, and how far the removal of what was recorded of them has come: up to `after` in the table
-- numbered `step`. Nothing is written of a campaign from the moment it stands here.
create table internal.erasures (
  campaign_id uuid primary key,
  asked_at timestamptz not null default now(),
  step smallint not null default 1,
  after uuid not null default '00000000-0000-0000-0000-000000000000'
);
alter table internal.erasures enable row level security, force row level security;
create policy system on internal.erasures to pitchbeat_owner using (true) with check (true);

-- A deleted campaign has nothing to show, though its rows may still be there: the policies of all that belongs to a
-- campaign pass over it.
do $$
declare
  name regclass;
  mine constant text := 'campaign_id in (select c.id from pitchbeat.campaigns c
    where c.owner_id = (select pitchbeat.current_owner_id()) and c.deleted_at is null)';
begin
  foreach name in array array['internal.sessions', 'internal.views', 'internal.view_parts', 'internal.events',
    'internal.opens', 'internal.overrules']::regclass[] loop
    execute format('alter policy owner on %s using (%s)', name, mine);
  end loop;
  foreach name in array array['pitchbeat.links', 'pitchbeat.leads', 'pitchbeat.versions']::regclass[] loop
    execute format('alter policy owner on %s using (%s) with check (%s)', name, mine, mine);
  end loop;
end $$;
