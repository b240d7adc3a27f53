-- What happened. Every column has a join (docs/merge-laws.md), so that order, repetition and concurrency cannot
-- matter. Text compares by bytes (collate "C"), because the fold in TypeScript must agree with least() here.
-- fillfactor leaves room on the page for the next beat: such an update touches no index.

create table internal.sessions (
  campaign_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  project_id uuid,
  owner_id text collate "C" not null,
  sliding boolean not null,
  served_at timestamptz,
  started_at timestamptz not null,
  last_received_at timestamptz not null,
  last_state text collate "C" not null,
  automated boolean not null,
  input boolean not null,
  private boolean not null,
  owner_device boolean not null,
  owner_login boolean not null,
  prefetch boolean not null,
  ua_class text collate "C" not null,
  device text collate "C",
  browser text collate "C",
  os text collate "C",
  referrer_host text collate "C",
  utm_source text collate "C",
  utm_medium text collate "C",
  utm_campaign text collate "C",
  language text collate "C",
  ua_hash bytea,
  -- recounted from the session's own rows in the transaction that changes them
  active_ms bigint not null default 0,
  view_count int not null default 0,
  acts int not null default 0,
  forwards int not null default 0,
  externals int not null default 0,
  ctas int not null default 0,
  leads int not null default 0,
  summary_ms bigint not null default 0,
  case_studies_ms bigint not null default 0,
  contact_ms bigint not null default 0,
  primary key (campaign_id, id)
) with (fillfactor = 75);
create index sessions_started on internal.sessions (campaign_id, started_at);

create table internal.views (
  campaign_id uuid not null,
  session_id uuid not null,
  id uuid not null,
  page text collate "C" not null,
  active_ms int not null,
  scroll smallint not null,
  first_received_at timestamptz not null,
  last_received_at timestamptz not null,
  primary key (campaign_id, session_id, id)
) with (fillfactor = 85);

create table internal.view_parts (
  campaign_id uuid not null,
  session_id uuid not null,
  view_id uuid not null,
  part text collate "C" not null,
  active_ms int not null,
  primary key (campaign_id, session_id, view_id, part)
) with (fillfactor = 85);

create table internal.events (
  campaign_id uuid not null,
  session_id uuid not null,
  id uuid not null,
  type text collate "C" not null,
  view_id uuid,
  label text collate "C",
  target text collate "C",
  at timestamptz not null,
  claimed boolean not null,
  primary key (campaign_id, session_id, id)
);

create table internal.opens (
  campaign_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  at timestamptz not null,
  ua_class text collate "C" not null,
  referrer_host text collate "C",
  owner_device boolean not null,
  owner_login boolean not null,
  prefetch boolean not null,
  private boolean not null,
  claimed_by uuid,
  primary key (campaign_id, id)
);
create index opens_at on internal.opens (campaign_id, at);

create table internal.overrules (
  campaign_id uuid not null,
  subject text collate "C" not null check (subject in ('session', 'open')),
  id uuid not null,
  verdict text collate "C" not null check (verdict in ('person', 'bot', 'owner')),
  at timestamptz not null default now(),
  primary key (campaign_id, subject, id)
);

-- Tombstones: what was erased stays erased, late arrivals included.
create table internal.erased (
  campaign_id uuid not null,
  id uuid not null,
  primary key (campaign_id, id)
);

create table internal.dead_letters (
  id bigint generated always as identity primary key,
  received_at timestamptz not null default now(),
  reason text not null,
  sqlstate text,
  error text not null default '',
  payload bytea not null,
  campaign_id uuid,
  session_id uuid,
  items int not null default 1
);

-- `worker` spreads the row locks of savers that run at once; it has no other meaning.
create table internal.tally (
  day date not null,
  worker smallint not null,
  outcome text collate "C" not null,
  n bigint not null,
  primary key (day, worker, outcome)
);

-- The table queue.
create table internal.inbox (
  id bigint generated always as identity primary key,
  received_at timestamptz not null default now(),
  body bytea not null,
  taken_until timestamptz,
  taken_by text,
  tries int not null default 0
);
