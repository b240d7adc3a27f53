-- What a campaign's pages were: kept drafts, of which a clock minute has one, and everything that was ever published.
create table pitchbeat.versions (
  campaign_id uuid not null references pitchbeat.campaigns on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('draft', 'publication')),
  at timestamptz not null,
  -- null where pages were published before versions were kept and their draft was changed since
  draft_version int,
  pages jsonb not null,
  primary key (campaign_id, id)
);
create unique index versions_a_minute on pitchbeat.versions (campaign_id, date_trunc('minute', at at time zone 'UTC'))
  where kind = 'draft';
create index versions_newest on pitchbeat.versions (campaign_id, at, id);

-- what there is already
insert into pitchbeat.versions (campaign_id, id, kind, at, draft_version, pages)
select c.id, gen_random_uuid(), 'publication', c.published_at,
  case when c.draft = c.published -> 'pages' then c.draft_version end, c.published -> 'pages'
from pitchbeat.campaigns c
where c.deleted_at is null and c.published_at is not null and c.published -> 'pages' is not null
union all
select c.id, gen_random_uuid(), 'draft', now(), c.draft_version, c.draft
from pitchbeat.campaigns c
where c.deleted_at is null and c.draft <> '{}';

alter table pitchbeat.versions enable row level security, force row level security;
create policy system on pitchbeat.versions to pitchbeat_owner using (true) with check (true);
create policy owner on pitchbeat.versions to authenticated
  using (campaign_id = any (array(select c.id from pitchbeat.campaigns c
                                  where c.owner_id = (select pitchbeat.current_owner_id()))))
  with check (campaign_id = any (array(select c.id from pitchbeat.campaigns c
                                       where c.owner_id = (select pitchbeat.current_owner_id()))));
-- A publication stays as it was: what readers saw is not rewritten, by its owner neither.
create policy publications_are_not_changed on pitchbeat.versions as restrictive for update to authenticated
  using (kind = 'draft') with check (kind = 'draft');
create policy publications_are_not_deleted on pitchbeat.versions as restrictive for delete to authenticated
  using (kind = 'draft');
grant select, delete on pitchbeat.versions to authenticated;
grant insert (campaign_id, id, kind, at, draft_version, pages), update (at, draft_version, pages)
  on pitchbeat.versions to authenticated;
