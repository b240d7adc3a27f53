-- What the owner edits. `owner_id` is text without a foreign key, so that any login fits.

-- The one reader of the claim. After a commit the setting reads '' instead of null, hence nullif.
create function pitchbeat.current_owner_id() returns text
language sql stable parallel safe
return nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub';

create table pitchbeat.projects (
  id uuid primary key default gen_random_uuid(),
  owner_id text not null default pitchbeat.current_owner_id(),
  name text not null check (length(name) between 1 and 200),
  time_zone text not null default 'UTC',
  allowed_origins text[] not null default '{}',
  retention_days int not null default 760 check (retention_days between 1 and 3650),
  created_at timestamptz not null default now()
);
create index projects_owner on pitchbeat.projects (owner_id);

-- A deleted campaign stays as an empty row: its slugs go on answering "gone" with `gone_text`.
create table pitchbeat.campaigns (
  id uuid primary key default gen_random_uuid(),
  project_id uuid references pitchbeat.projects on delete set null,
  owner_id text not null default pitchbeat.current_owner_id(),
  title text not null check (length(title) between 1 and 200),
  language text not null default 'en',
  indexable boolean not null default false,
  gone_text text not null default '',
  draft jsonb not null default '{}',
  draft_version int not null default 1,
  published jsonb,
  published_at timestamptz,
  archived_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now()
);
create index campaigns_owner on pitchbeat.campaigns (owner_id);
create index campaigns_project on pitchbeat.campaigns (project_id);

create table pitchbeat.links (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references pitchbeat.campaigns on delete cascade,
  slug text not null unique check (slug ~ '^[a-z0-9-]{3,64}$'),
  label text not null default '',
  note text not null default '',
  off_at timestamptz,
  expires_at timestamptz,
  muted boolean not null default false,
  created_at timestamptz not null default now()
);
create index links_campaign on pitchbeat.links (campaign_id);

create table pitchbeat.leads (
  campaign_id uuid not null references pitchbeat.campaigns on delete cascade,
  id uuid not null,
  link_id uuid not null,
  session_id uuid,
  name text not null,
  email text not null,
  message text not null,
  status text not null default 'new' check (status in ('new', 'answered', 'archived')),
  created_at timestamptz not null default now(),
  primary key (campaign_id, id)
);

create table pitchbeat.tokens (
  id uuid primary key default gen_random_uuid(),
  owner_id text not null default pitchbeat.current_owner_id(),
  name text not null,
  scope text not null check (scope in ('read', 'write')),
  hash bytea not null unique,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index tokens_owner on pitchbeat.tokens (owner_id);

create table pitchbeat.mine_codes (
  hash bytea primary key,
  owner_id text not null default pitchbeat.current_owner_id(),
  expires_at timestamptz not null,
  used_at timestamptz
);
