-- The present schema, for reading. Made by `npm run schema` from sql/; change that, not this.

-- tables

create table accounts.account (
  id text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES accounts."user"(id) ON DELETE CASCADE
);

create table accounts.session (
  id text not null,
  "expiresAt" timestamp with time zone not null,
  token text not null,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null,
  constraint session_token_key UNIQUE (token),
  constraint session_pkey PRIMARY KEY (id),
  constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES accounts."user"(id) ON DELETE CASCADE,
  constraint session_keeps_no_trace CHECK ((("ipAddress" IS NULL) AND ("userAgent" IS NULL)))
);

create table accounts."user" (
  id text not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  constraint user_email_key UNIQUE (email),
  constraint user_pkey PRIMARY KEY (id)
);

create table accounts.verification (
  id text not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  constraint verification_pkey PRIMARY KEY (id)
);

create table internal.dead_letters (
  id bigint generated always as identity not null,
  received_at timestamp with time zone default now() not null,
  reason text not null,
  sqlstate text,
  error text default ''::text not null,
  payload bytea not null,
  campaign_id uuid,
  session_id uuid,
  items integer default 1 not null,
  constraint dead_letters_pkey PRIMARY KEY (id)
);

create table internal.definitions (
  name text not null,
  kind text not null,
  hash text not null,
  constraint definitions_pkey PRIMARY KEY (name),
  constraint definitions_kind_check CHECK ((kind = ANY (ARRAY['function'::text, 'view'::text])))
);

create table internal.erased (
  campaign_id uuid not null,
  id uuid not null,
  constraint erased_pkey PRIMARY KEY (campaign_id, id)
);

create table internal.erasures (
  campaign_id uuid not null,
  asked_at timestamp with time zone default now() not null,
  step smallint default 1 not null,
  after uuid default '00000000-0000-0000-0000-000000000000'::uuid not null,
  constraint erasures_pkey PRIMARY KEY (campaign_id)
);

create table internal.events (
  campaign_id uuid not null,
  session_id uuid not null,
  id uuid not null,
  type text collate "C" not null,
  view_id uuid,
  label text collate "C",
  target text collate "C",
  at timestamp with time zone not null,
  claimed boolean not null,
  constraint events_pkey PRIMARY KEY (campaign_id, session_id, id)
);

create table internal.inbox (
  id bigint generated always as identity not null,
  received_at timestamp with time zone default now() not null,
  body bytea not null,
  taken_until timestamp with time zone,
  taken_by text,
  tries integer default 0 not null,
  constraint inbox_pkey PRIMARY KEY (id)
);

create table internal.migrations (
  name text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table internal.opens (
  campaign_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  at timestamp with time zone not null,
  ua_class text collate "C" not null,
  referrer_host text collate "C",
  owner_device boolean not null,
  owner_login boolean not null,
  prefetch boolean not null,
  private boolean not null,
  claimed_by uuid,
  constraint opens_pkey PRIMARY KEY (campaign_id, id)
);

create table internal.overrules (
  campaign_id uuid not null,
  subject text collate "C" not null,
  id uuid not null,
  verdict text collate "C" not null,
  at timestamp with time zone default now() not null,
  constraint overrules_pkey PRIMARY KEY (campaign_id, subject, id),
  constraint overrules_subject_check CHECK ((subject = ANY (ARRAY['session'::text, 'open'::text]))),
  constraint overrules_verdict_check CHECK ((verdict = ANY (ARRAY['person'::text, 'bot'::text, 'owner'::text])))
);

create table internal.programs (
  single boolean default true not null,
  present integer not null,
  oldest integer not null,
  constraint programs_pkey PRIMARY KEY (single),
  constraint programs_single_check CHECK (single)
);

create table internal.save_locks (
  lane smallint not null,
  bucket smallint not null,
  constraint save_locks_pkey PRIMARY KEY (lane, bucket)
);

create table internal.sessions (
  campaign_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  project_id uuid,
  owner_id text collate "C" not null,
  sliding boolean not null,
  served_at timestamp with time zone,
  started_at timestamp with time zone not null,
  last_received_at timestamp with time zone not null,
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
  active_ms bigint default 0 not null,
  view_count integer default 0 not null,
  acts integer default 0 not null,
  forwards integer default 0 not null,
  externals integer default 0 not null,
  ctas integer default 0 not null,
  leads integer default 0 not null,
  summary_ms bigint default 0 not null,
  case_studies_ms bigint default 0 not null,
  contact_ms bigint default 0 not null,
  window_ms integer default 1800000 not null,
  open_id uuid,
  of_open integer default 1 not null,
  constraint sessions_pkey PRIMARY KEY (campaign_id, id),
  constraint sessions_window_ms_check CHECK ((window_ms > 0))
);

create table internal.tally (
  day date not null,
  worker smallint not null,
  outcome text collate "C" not null,
  n bigint not null,
  constraint tally_pkey PRIMARY KEY (day, worker, outcome)
);

create table internal.view_parts (
  campaign_id uuid not null,
  session_id uuid not null,
  view_id uuid not null,
  part text collate "C" not null,
  active_ms integer not null,
  constraint view_parts_pkey PRIMARY KEY (campaign_id, session_id, view_id, part)
);

create table internal.views (
  campaign_id uuid not null,
  session_id uuid not null,
  id uuid not null,
  page text collate "C" not null,
  active_ms integer not null,
  scroll smallint not null,
  first_received_at timestamp with time zone not null,
  last_received_at timestamp with time zone not null,
  constraint views_pkey PRIMARY KEY (campaign_id, session_id, id)
);

create table pitchbeat.campaigns (
  id uuid default gen_random_uuid() not null,
  project_id uuid,
  owner_id text default pitchbeat.current_owner_id() not null,
  title text not null,
  language text default 'en'::text not null,
  indexable boolean default false not null,
  gone_text text default ''::text not null,
  draft jsonb default '{}'::jsonb not null,
  draft_version integer default 1 not null,
  published jsonb,
  published_at timestamp with time zone,
  archived_at timestamp with time zone,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  checklist_hidden boolean default false not null,
  sample boolean default false not null,
  constraint campaigns_pkey PRIMARY KEY (id),
  constraint campaigns_project_id_fkey FOREIGN KEY (project_id) REFERENCES pitchbeat.projects(id) ON DELETE SET NULL,
  constraint campaigns_owner_id_check CHECK ((owner_id <> ''::text)) NOT VALID,
  constraint campaigns_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

create table pitchbeat.invitations (
  hash bytea not null,
  owner_id text default pitchbeat.current_owner_id() not null,
  expires_at timestamp with time zone not null,
  constraint invitations_pkey PRIMARY KEY (hash),
  constraint invitations_owner_id_check CHECK ((owner_id <> ''::text))
);

create table pitchbeat.leads (
  campaign_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  session_id uuid,
  name text not null,
  email text not null,
  message text not null,
  status text default 'new'::text not null,
  created_at timestamp with time zone default now() not null,
  constraint leads_pkey PRIMARY KEY (campaign_id, id),
  constraint leads_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES pitchbeat.campaigns(id) ON DELETE CASCADE,
  constraint leads_status_check CHECK ((status = ANY (ARRAY['new'::text, 'answered'::text, 'archived'::text])))
);

create table pitchbeat.links (
  id uuid default gen_random_uuid() not null,
  campaign_id uuid not null,
  slug text not null,
  label text default ''::text not null,
  note text default ''::text not null,
  off_at timestamp with time zone,
  expires_at timestamp with time zone,
  muted boolean default false not null,
  created_at timestamp with time zone default now() not null,
  replaced_by uuid,
  constraint links_slug_key UNIQUE (slug),
  constraint links_pkey PRIMARY KEY (id),
  constraint links_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES pitchbeat.campaigns(id) ON DELETE CASCADE,
  constraint links_campaign_id_replaced_by_fkey FOREIGN KEY (campaign_id, replaced_by) REFERENCES pitchbeat.links(campaign_id, id) ON DELETE CASCADE,
  constraint links_slug_check CHECK ((slug ~ '^[a-z0-9-]{3,64}$'::text)),
  constraint links_slug_reserved CHECK ((slug <> ALL (ARRAY['out'::text, 'mine'::text])))
);

create table pitchbeat.mine_codes (
  hash bytea not null,
  owner_id text default pitchbeat.current_owner_id() not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint mine_codes_pkey PRIMARY KEY (hash),
  constraint mine_codes_owner_id_check CHECK ((owner_id <> ''::text)) NOT VALID
);

create table pitchbeat.owners (
  id text not null,
  version integer default 1 not null,
  deleted_at timestamp with time zone,
  constraint owners_pkey PRIMARY KEY (id),
  constraint owners_id_check CHECK ((id <> ''::text))
);

create table pitchbeat.projects (
  id uuid default gen_random_uuid() not null,
  owner_id text default pitchbeat.current_owner_id() not null,
  name text not null,
  time_zone text default 'UTC'::text not null,
  allowed_origins text[] default '{}'::text[] not null,
  retention_days integer default 760 not null,
  created_at timestamp with time zone default now() not null,
  lead_retention_days integer default 760 not null,
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_lead_retention_days_check CHECK (((lead_retention_days >= 1) AND (lead_retention_days <= 3650))),
  constraint projects_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint projects_owner_id_check CHECK ((owner_id <> ''::text)) NOT VALID,
  constraint projects_retention_days_check CHECK (((retention_days >= 1) AND (retention_days <= 3650)))
);

create table pitchbeat.tokens (
  id uuid default gen_random_uuid() not null,
  owner_id text default pitchbeat.current_owner_id() not null,
  name text not null,
  scope text not null,
  hash bytea not null,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone,
  constraint tokens_hash_key UNIQUE (hash),
  constraint tokens_pkey PRIMARY KEY (id),
  constraint tokens_owner_id_check CHECK ((owner_id <> ''::text)) NOT VALID,
  constraint tokens_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text])))
);

create table pitchbeat.versions (
  campaign_id uuid not null,
  id uuid not null,
  kind text not null,
  at timestamp with time zone not null,
  draft_version integer,
  pages jsonb not null,
  constraint versions_pkey PRIMARY KEY (campaign_id, id),
  constraint versions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES pitchbeat.campaigns(id) ON DELETE CASCADE,
  constraint versions_kind_check CHECK ((kind = ANY (ARRAY['draft'::text, 'publication'::text])))
);

-- indexes beside the keys

CREATE INDEX "account_userId_idx" ON accounts.account USING btree ("userId");
CREATE INDEX "session_userId_idx" ON accounts.session USING btree ("userId");
CREATE INDEX verification_identifier_idx ON accounts.verification USING btree (identifier);
CREATE INDEX dead_letters_campaign ON internal.dead_letters USING btree (campaign_id);
CREATE UNIQUE INDEX dead_letters_payload_key ON internal.dead_letters USING btree (sha256(payload));
CREATE INDEX dead_letters_received ON internal.dead_letters USING btree (received_at);
CREATE INDEX opens_at ON internal.opens USING btree (campaign_id, at);
CREATE INDEX sessions_of_a_link ON internal.sessions USING btree (campaign_id, link_id, started_at);
CREATE INDEX sessions_of_an_open ON internal.sessions USING btree (campaign_id, open_id, started_at, id) WHERE ((open_id IS NOT NULL) AND (of_open <= 1000));
CREATE INDEX sessions_started ON internal.sessions USING btree (campaign_id, started_at);
CREATE INDEX campaigns_owner ON pitchbeat.campaigns USING btree (owner_id);
CREATE INDEX campaigns_project ON pitchbeat.campaigns USING btree (project_id);
CREATE INDEX invitations_owner ON pitchbeat.invitations USING btree (owner_id);
CREATE INDEX links_replaced ON pitchbeat.links USING btree (campaign_id, replaced_by) WHERE (replaced_by IS NOT NULL);
CREATE INDEX projects_owner ON pitchbeat.projects USING btree (owner_id);
CREATE INDEX tokens_owner ON pitchbeat.tokens USING btree (owner_id);
CREATE UNIQUE INDEX versions_a_minute ON pitchbeat.versions USING btree (campaign_id, date_trunc('minute'::text, (at AT TIME ZONE 'UTC'::text))) WHERE (kind = 'draft'::text);
CREATE INDEX versions_newest ON pitchbeat.versions USING btree (campaign_id, at, id);

-- row security

alter table accounts.account enable row level security;
alter table accounts.session enable row level security;
alter table accounts."user" enable row level security;
alter table accounts.verification enable row level security;
alter table internal.dead_letters enable row level security, force row level security;
alter table internal.definitions enable row level security, force row level security;
alter table internal.erased enable row level security, force row level security;
alter table internal.erasures enable row level security, force row level security;
alter table internal.events enable row level security, force row level security;
alter table internal.inbox enable row level security, force row level security;
alter table internal.migrations enable row level security, force row level security;
alter table internal.opens enable row level security, force row level security;
alter table internal.overrules enable row level security, force row level security;
alter table internal.programs enable row level security, force row level security;
alter table internal.save_locks enable row level security, force row level security;
alter table internal.sessions enable row level security, force row level security;
alter table internal.tally enable row level security, force row level security;
alter table internal.view_parts enable row level security, force row level security;
alter table internal.views enable row level security, force row level security;
alter table pitchbeat.campaigns enable row level security, force row level security;
alter table pitchbeat.invitations enable row level security, force row level security;
alter table pitchbeat.leads enable row level security, force row level security;
alter table pitchbeat.links enable row level security, force row level security;
alter table pitchbeat.mine_codes enable row level security, force row level security;
alter table pitchbeat.owners enable row level security, force row level security;
alter table pitchbeat.projects enable row level security, force row level security;
alter table pitchbeat.tokens enable row level security, force row level security;
alter table pitchbeat.versions enable row level security, force row level security;

-- policies

create policy system on internal.dead_letters as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.definitions as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.erased as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.erasures as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on internal.events as permissive for select to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on internal.events as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.inbox as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.migrations as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on internal.opens as permissive for select to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on internal.opens as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on internal.overrules as permissive for select to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on internal.overrules as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.programs as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.save_locks as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on internal.sessions as permissive for select to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on internal.sessions as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on internal.tally as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on internal.view_parts as permissive for select to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on internal.view_parts as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on internal.views as permissive for select to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on internal.views as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.campaigns as permissive for all to authenticated
  using ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)))
  with check (((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (project_id IN ( SELECT p.id
   FROM pitchbeat.projects p
  WHERE (p.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id))))));

create policy system on pitchbeat.campaigns as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.invitations as permissive for all to authenticated
  using ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)))
  with check ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)));

create policy system on pitchbeat.invitations as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.leads as permissive for all to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))))
  with check ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on pitchbeat.leads as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.links as permissive for all to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))))
  with check ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy system on pitchbeat.links as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.mine_codes as permissive for all to authenticated
  using ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)))
  with check ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)));

create policy system on pitchbeat.mine_codes as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy system on pitchbeat.owners as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.projects as permissive for all to authenticated
  using ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)))
  with check ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)));

create policy system on pitchbeat.projects as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.tokens as permissive for all to authenticated
  using ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)))
  with check ((owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)));

create policy system on pitchbeat.tokens as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

create policy owner on pitchbeat.versions as permissive for all to authenticated
  using ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))))
  with check ((campaign_id IN ( SELECT c.id
   FROM pitchbeat.campaigns c
  WHERE ((c.owner_id = ( SELECT pitchbeat.current_owner_id() AS current_owner_id)) AND (c.deleted_at IS NULL)))));

create policy publications_are_not_changed on pitchbeat.versions as restrictive for update to authenticated
  using ((kind = 'draft'::text))
  with check ((kind = 'draft'::text));

create policy publications_are_not_deleted on pitchbeat.versions as restrictive for delete to authenticated
  using ((kind = 'draft'::text));

create policy publications_are_not_written on pitchbeat.versions as restrictive for insert to authenticated
  with check ((kind = 'draft'::text));

create policy system on pitchbeat.versions as permissive for all to pitchbeat_owner
  using (true)
  with check (true);

-- rules and functions

CREATE OR REPLACE FUNCTION internal.ack_inbox(ids bigint[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 DELETE FROM internal.inbox i
   WHERE (i.id = ANY (ack_inbox.ids));
END
;
CREATE OR REPLACE FUNCTION internal.add_drop(drops jsonb, reason text, n bigint)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN (COALESCE(n, (0)::bigint) = 0) THEN drops ELSE (drops || jsonb_build_object(reason, (n + COALESCE(((drops ->> reason))::bigint, (0)::bigint)))) END
;
CREATE OR REPLACE FUNCTION internal.add_owner(id text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 INSERT INTO pitchbeat.owners (id)
   VALUES (add_owner.id) ON CONFLICT DO NOTHING;
END
;
CREATE OR REPLACE FUNCTION internal.add_tally(outcomes jsonb)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
BEGIN ATOMIC
 INSERT INTO internal.tally AS t (day, worker, outcome, n)  SELECT ((now() AT TIME ZONE 'UTC'::text))::date AS timezone,
             (pg_backend_pid() % 32),
             o.key,
             (o.value)::bigint AS value
            FROM jsonb_each_text(add_tally.outcomes) o(key, value)
           WHERE (o.value <> '0'::text)
           ORDER BY (o.key COLLATE "C") ON CONFLICT(day, worker, outcome) DO UPDATE SET n = (t.n + excluded.n);
END
;
CREATE OR REPLACE FUNCTION internal.bucket_of(campaign_id uuid)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE
RETURN ((get_byte(uuid_send(campaign_id), 15) & 63))::smallint
;
CREATE OR REPLACE FUNCTION internal.campaigns_to_expire()
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT c.id
    FROM (pitchbeat.campaigns c
      JOIN pitchbeat.projects p ON ((p.id = c.project_id)))
   WHERE ((c.deleted_at IS NULL) AND ((EXISTS ( SELECT
            FROM internal.sessions s
           WHERE ((s.campaign_id = c.id) AND (s.started_at < (now() - ((p.retention_days)::double precision * '1 day'::interval))) AND (s.last_received_at < (now() - ((p.retention_days)::double precision * '1 day'::interval)))))) OR (EXISTS ( SELECT
            FROM internal.opens o
           WHERE ((o.campaign_id = c.id) AND (o.at < (now() - ((p.retention_days)::double precision * '1 day'::interval)))))) OR (EXISTS ( SELECT
            FROM pitchbeat.leads l
           WHERE ((l.campaign_id = c.id) AND (l.created_at < (now() - ((p.lead_retention_days)::double precision * '1 day'::interval))))))))
   ORDER BY c.id;
END
;
CREATE OR REPLACE FUNCTION internal.counted_campaigns()
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT DISTINCT s.campaign_id
    FROM internal.sessions s
   ORDER BY s.campaign_id;
END
;
CREATE OR REPLACE FUNCTION internal.delete_campaign(owner_id text, id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  update pitchbeat.campaigns c
  set deleted_at = now(), project_id = null, title = 'deleted', draft = '{}', published = null, published_at = null
  where c.id = delete_campaign.id and c.owner_id = delete_campaign.owner_id and c.deleted_at is null;
  if not found then
    return false;
  end if;
  insert into internal.erasures (campaign_id) values (delete_campaign.id);
  -- last, so that saves wait for nothing but the commit; those under way, which know of no deletion, end first
  perform internal.lock_for_erasing(array[delete_campaign.id]);
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION internal.delete_project(owner_id text, id uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  -- the lock lets no campaign be made in it in the meantime
  perform from pitchbeat.projects p where p.id = delete_project.id and p.owner_id = delete_project.owner_id for update;
  if not found then
    return 'unknown';
  end if;
  if exists (select from pitchbeat.campaigns c where c.project_id = delete_project.id and c.deleted_at is null) then
    return 'has_campaigns';
  end if;
  delete from pitchbeat.projects p where p.id = delete_project.id;
  return 'deleted';
end $function$
;
CREATE OR REPLACE FUNCTION internal.delete_token(owner_id text, id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  delete from pitchbeat.tokens t where t.id = delete_token.id and t.owner_id = delete_token.owner_id;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION internal.drop_dead_letters(ids bigint[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 WITH gone AS (
          DELETE FROM internal.dead_letters d
           WHERE (d.id = ANY (drop_dead_letters.ids))
           RETURNING d.items
         )
  SELECT internal.add_tally(jsonb_build_object('received', (- COALESCE(sum(g.items), (0)::bigint)), 'dead', (- COALESCE(sum(g.items), (0)::bigint)))) AS add_tally
    FROM gone g;
END
;
CREATE OR REPLACE FUNCTION internal.end_logins(owner_id text, tokens_too boolean DEFAULT false)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 UPDATE pitchbeat.owners o SET version = (o.version + 1)
   WHERE (o.id = end_logins.owner_id);
 DELETE FROM pitchbeat.tokens t
   WHERE ((t.owner_id = end_logins.owner_id) AND end_logins.tokens_too);
END
;
CREATE OR REPLACE FUNCTION internal.erase_lead(owner_id text, campaign_id uuid, id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  the_session uuid;
begin
  -- a statement of its own, so that what follows sees every finished save
  perform internal.lock_for_erasing(array[erase_lead.campaign_id]);
  delete from pitchbeat.leads l
  using pitchbeat.campaigns c
  where l.campaign_id = erase_lead.campaign_id and l.id = erase_lead.id
    and c.id = l.campaign_id and c.owner_id = erase_lead.owner_id and c.deleted_at is null
  returning l.session_id into the_session;
  if not found then
    return false;
  end if;
  insert into internal.erased (campaign_id, id) values (erase_lead.campaign_id, erase_lead.id) on conflict do nothing;
  delete from internal.events e
  where e.campaign_id = erase_lead.campaign_id and e.session_id = the_session and e.id = erase_lead.id;
  update internal.sessions s set acts = r.acts, leads = r.leads
  from internal.recounted_sessions r
  where s.campaign_id = erase_lead.campaign_id and s.id = the_session
    and r.campaign_id = erase_lead.campaign_id and r.id = the_session;
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION internal.erase_owner(owner_id text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  campaigns uuid[];
begin
  -- first of all: waits for the writes under way, and lets none begin
  insert into pitchbeat.owners as o (id, deleted_at) values (erase_owner.owner_id, now())
  on conflict (id) do update set deleted_at = now(), version = o.version + 1;
  with deleted as (
    update pitchbeat.campaigns c
    set deleted_at = coalesce(c.deleted_at, now()), project_id = null, title = 'deleted', draft = '{}', published = null,
      published_at = null
    where c.owner_id = erase_owner.owner_id
    returning c.id
  )
  select coalesce(array_agg(d.id), '{}') into campaigns from deleted d;
  insert into internal.erasures (campaign_id) select c.id from unnest(campaigns) c (id) on conflict do nothing;
  delete from pitchbeat.links l where l.campaign_id = any (campaigns);
  delete from pitchbeat.projects p where p.owner_id = erase_owner.owner_id;
  delete from pitchbeat.tokens t where t.owner_id = erase_owner.owner_id;
  delete from pitchbeat.mine_codes m where m.owner_id = erase_owner.owner_id;
  delete from pitchbeat.invitations i where i.owner_id = erase_owner.owner_id;
  -- last, so that saves wait for nothing but the commit; those under way, which know of no deletion, end first
  perform internal.lock_for_erasing(campaigns);
end $function$
;
CREATE OR REPLACE FUNCTION internal.erase_session(owner_id text, campaign_id uuid, id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  opens uuid[];
begin
  -- a statement of its own, so that what follows sees every finished save
  perform internal.lock_for_erasing(array[erase_session.campaign_id]);
  if not exists (
    select from internal.sessions s
    join pitchbeat.campaigns c on c.id = s.campaign_id
    where s.campaign_id = erase_session.campaign_id and s.id = erase_session.id
      and c.owner_id = erase_session.owner_id and c.deleted_at is null
  ) then
    return false;
  end if;
  select coalesce(array_agg(o.id), '{}') into opens from internal.opens o
  where o.campaign_id = erase_session.campaign_id and o.claimed_by = erase_session.id;
  insert into internal.erased (campaign_id, id)
  select erase_session.campaign_id, e.id from unnest(opens || erase_session.id) e (id)
  on conflict do nothing;
  delete from internal.view_parts p
  where p.campaign_id = erase_session.campaign_id and p.session_id = erase_session.id;
  delete from internal.views v where v.campaign_id = erase_session.campaign_id and v.session_id = erase_session.id;
  delete from internal.events e where e.campaign_id = erase_session.campaign_id and e.session_id = erase_session.id;
  delete from internal.sessions s where s.campaign_id = erase_session.campaign_id and s.id = erase_session.id;
  delete from internal.opens o where o.campaign_id = erase_session.campaign_id and o.id = any (opens);
  delete from internal.overrules o
  where o.campaign_id = erase_session.campaign_id and o.id = any (opens || erase_session.id);
  delete from internal.dead_letters d
  where d.campaign_id = erase_session.campaign_id and d.session_id = erase_session.id;
  update pitchbeat.leads l set session_id = null
  where l.campaign_id = erase_session.campaign_id and l.session_id = erase_session.id;
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION internal.erase_some(max integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION internal.expire_rest(max integer, logins integer)
 RETURNS TABLE(codes integer, dead_letters integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  items bigint;
  invitations int;
begin
  delete from pitchbeat.mine_codes m where m.hash = any (array(
    select k.hash from pitchbeat.mine_codes k where k.expires_at <= now() or k.used_at is not null limit max));
  get diagnostics codes = row_count;
  delete from pitchbeat.invitations i where i.hash = any (array(
    select k.hash from pitchbeat.invitations k where k.expires_at <= now() limit max));
  get diagnostics invitations = row_count;
  codes := codes + invitations;
  with gone as (
    delete from internal.dead_letters d where d.id = any (array(
      select k.id from internal.dead_letters k where k.received_at < now() - interval '30 days' limit max))
    returning d.items
  )
  select count(*), coalesce(sum(g.items), 0) into dead_letters, items from gone g;
  perform internal.add_tally(jsonb_build_object('expired:code', codes, 'expired:login', logins,
    'expired:dead_letter', dead_letters, 'dead', -items, 'dropped:expired', items));
  return next;
end $function$
;
CREATE OR REPLACE FUNCTION internal.expire_some(campaign uuid, max integer)
 RETURNS TABLE(sessions integer, opens integer, leads integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  visits_before timestamptz;
  leads_before timestamptz;
  old_sessions uuid[];
  old_opens uuid[];
begin
  select now() - p.retention_days * interval '1 day', now() - p.lead_retention_days * interval '1 day'
  into visits_before, leads_before
  from pitchbeat.campaigns c join pitchbeat.projects p on p.id = c.project_id
  where c.id = campaign and c.deleted_at is null;
  -- The rows' locks come first, as in a save. What a save has at this moment is heard of again, or waits for the next time.
  select array_agg(k.id) into old_sessions from (
    select s.id from internal.sessions s
    where s.campaign_id = campaign and s.started_at < visits_before and s.last_received_at < visits_before
    order by s.started_at limit max for update skip locked
  ) k;
  select array_agg(k.id) into old_opens from (
    select o.id from internal.opens o
    where o.campaign_id = campaign and o.at < visits_before and (o.claimed_by = any (old_sessions) or not exists (
      select from internal.sessions s where s.campaign_id = campaign and s.id = o.claimed_by))
    order by o.at limit max for update skip locked
  ) k;
  delete from internal.view_parts p where p.campaign_id = campaign and p.session_id = any (old_sessions);
  delete from internal.views v where v.campaign_id = campaign and v.session_id = any (old_sessions);
  delete from internal.events e where e.campaign_id = campaign and e.session_id = any (old_sessions);
  update pitchbeat.leads l set session_id = null where l.campaign_id = campaign and l.session_id = any (old_sessions);
  delete from internal.overrules o where o.campaign_id = campaign
    and (o.subject = 'session' and o.id = any (old_sessions) or o.subject = 'open' and o.id = any (old_opens));
  delete from internal.sessions s where s.campaign_id = campaign and s.id = any (old_sessions);
  get diagnostics sessions = row_count;
  delete from internal.opens o where o.campaign_id = campaign and o.id = any (old_opens);
  get diagnostics opens = row_count;
  delete from pitchbeat.leads l where l.campaign_id = campaign and l.id = any (array(
    select k.id from pitchbeat.leads k where k.campaign_id = campaign and k.created_at < leads_before limit max));
  get diagnostics leads = row_count;
  perform internal.add_tally(jsonb_build_object(
    'expired:session', sessions, 'expired:open', opens, 'expired:lead', leads));
  return next;
end $function$
;
CREATE OR REPLACE FUNCTION internal.guard_definitions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  present constant int := (select p.present from internal.programs p);
begin
  if coalesce(nullif(current_setting('pitchbeat.generation', true), ''), '0')::int < present then
    raise exception 'This database has the rules of a newer Pitchbeat (generation %), and this program may not replace them. Start the newer program.', present;
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION internal.inbox_depth()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
RETURN (SELECT CASE WHEN (f.n < 10000) THEN f.n ELSE ((f.n + (SELECT max(i.id) AS max FROM internal.inbox i)) - f.last) END AS "case" FROM (SELECT count(*) AS n, max(i.id) AS last FROM (SELECT i_1.id FROM internal.inbox i_1 ORDER BY i_1.id LIMIT 10000) i) f)
;
CREATE OR REPLACE FUNCTION internal.inbox_waits()
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
RETURN COALESCE((SELECT (GREATEST((1)::numeric, (EXTRACT(epoch FROM (clock_timestamp() - i.received_at)) * (1000)::numeric)))::bigint AS "greatest" FROM internal.inbox i ORDER BY i.id LIMIT 1), (0)::bigint)
;
CREATE OR REPLACE FUNCTION internal.lock_for_erasing(campaigns uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform from internal.save_locks k
  where k.bucket = any (array(select internal.bucket_of(c.id) from unnest(campaigns) c (id)))
  order by k.lane, k.bucket
  for update;
end $function$
;
CREATE OR REPLACE FUNCTION internal.lock_for_saving(campaigns uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform from internal.save_locks k
  where k.lane = pg_backend_pid() % 32
    and k.bucket = any (array(select internal.bucket_of(c.id) from unnest(campaigns) c (id)))
  order by k.lane, k.bucket
  for update;
end $function$
;
CREATE OR REPLACE FUNCTION internal.opt_out(slug text, session uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  update internal.sessions s set private = true, ua_hash = null
  from pitchbeat.links l
  where l.slug = opt_out.slug and s.campaign_id = l.campaign_id and s.id = opt_out.session;
  return found;
end $function$
;
CREATE OR REPLACE FUNCTION internal.overrule(owner_id text, campaign_id uuid, subject text, id uuid, verdict text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  found_it boolean;
begin
  perform internal.lock_for_saving(array[overrule.campaign_id]);
  select exists (
    select from pitchbeat.campaigns c
    where c.id = overrule.campaign_id and c.owner_id = overrule.owner_id and c.deleted_at is null
  ) and (
    subject = 'session' and exists (
      select from internal.sessions s where s.campaign_id = overrule.campaign_id and s.id = overrule.id)
    or subject = 'open' and exists (
      select from internal.opens o where o.campaign_id = overrule.campaign_id and o.id = overrule.id)
  ) into found_it;
  if found_it and verdict is null then
    delete from internal.overrules o
    where o.campaign_id = overrule.campaign_id and o.subject = overrule.subject and o.id = overrule.id;
  elsif found_it then
    insert into internal.overrules (campaign_id, subject, id, verdict)
    values (overrule.campaign_id, overrule.subject, overrule.id, overrule.verdict)
    on conflict on constraint overrules_pkey do update set verdict = excluded.verdict, at = excluded.at;
  end if;
  return found_it;
end $function$
;
CREATE OR REPLACE FUNCTION internal.owner_version(id text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT o.version
    FROM pitchbeat.owners o
   WHERE ((o.id = owner_version.id) AND (o.deleted_at IS NULL));
END
;
CREATE OR REPLACE FUNCTION internal.owners_ever()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT count(*) AS count
    FROM pitchbeat.owners;
END
;
CREATE OR REPLACE FUNCTION internal.page_by_slug(slug text)
 RETURNS TABLE(campaign_id uuid, link_id uuid, owner_id text, title text, language text, indexable boolean, gone_text text, published jsonb, allowed_origins text[], retention_days integer, lead_retention_days integer, state text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT c.id,
     l.id,
     c.owner_id,
     c.title,
     c.language,
     c.indexable,
     c.gone_text,
     c.published,
     COALESCE(p.allowed_origins, '{}'::text[]) AS "coalesce",
     COALESCE(p.retention_days, 760) AS "coalesce",
     COALESCE(p.lead_retention_days, 760) AS "coalesce",
         CASE
             WHEN (c.deleted_at IS NOT NULL) THEN 'gone'::text
             WHEN ((was.off_at <= now()) OR (l.off_at <= now()) OR (l.expires_at <= now())) THEN 'off'::text
             WHEN (c.published IS NULL) THEN 'draft'::text
             ELSE 'live'::text
         END AS "case"
    FROM (((pitchbeat.links was
      JOIN pitchbeat.links l ON ((l.id = COALESCE(was.replaced_by, was.id))))
      JOIN pitchbeat.campaigns c ON ((c.id = l.campaign_id)))
      LEFT JOIN pitchbeat.projects p ON ((p.id = c.project_id)))
   WHERE (was.slug = page_by_slug.slug);
END
;
CREATE OR REPLACE FUNCTION internal.prepare_save(link_ids uuid[])
 RETURNS TABLE(link_id uuid, campaign_id uuid, ends_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform internal.lock_for_saving(array(select l.campaign_id from pitchbeat.links l where l.id = any (link_ids)));
  return query
    select l.id, l.campaign_id, least(l.off_at, l.expires_at)
    from pitchbeat.links l
    join pitchbeat.campaigns c on c.id = l.campaign_id
    where l.id = any (link_ids) and c.deleted_at is null;
end $function$
;
CREATE OR REPLACE FUNCTION internal.publish(owner_id text, campaign_id uuid, published jsonb, draft_version integer DEFAULT NULL::integer, published_at timestamp with time zone DEFAULT now())
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  update pitchbeat.campaigns c
  set published = publish.published, published_at = publish.published_at
  where c.id = publish.campaign_id and c.owner_id = publish.owner_id and c.deleted_at is null
    and c.draft_version = coalesce(publish.draft_version, c.draft_version);
  if not found then
    return false;
  end if;
  insert into pitchbeat.versions (campaign_id, id, kind, at, draft_version, pages)
  select c.id, gen_random_uuid(), 'publication', c.published_at, c.draft_version, c.published -> 'pages'
  from pitchbeat.campaigns c where c.id = publish.campaign_id and c.published is not null;
  return true;
end $function$
;
CREATE OR REPLACE FUNCTION internal.push_inbox(bodies bytea[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 INSERT INTO internal.inbox (body)  SELECT b.body
            FROM unnest(push_inbox.bodies) WITH ORDINALITY b(body, i)
           ORDER BY b.i;
END
;
CREATE OR REPLACE FUNCTION internal.put_dead_letter(reason text, sqlstate text, error text, payload bytea, campaign_id uuid DEFAULT NULL::uuid, session_id uuid DEFAULT NULL::uuid, items integer DEFAULT 1)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  outcome text := 'dead';
begin
  perform internal.lock_for_saving(array[put_dead_letter.campaign_id]);
  if exists (select from internal.erased e
    where e.campaign_id = put_dead_letter.campaign_id and e.id = put_dead_letter.session_id) then
    outcome := 'dropped:erased';
  elsif not exists (select from pitchbeat.campaigns c where c.id = put_dead_letter.campaign_id and c.deleted_at is null)
    and put_dead_letter.campaign_id is not null then
    outcome := 'dropped:unknown_link';
  else
    insert into internal.dead_letters as d (reason, sqlstate, error, payload, campaign_id, session_id, items)
    values (put_dead_letter.reason, put_dead_letter.sqlstate, put_dead_letter.error, put_dead_letter.payload,
      put_dead_letter.campaign_id, put_dead_letter.session_id, put_dead_letter.items)
    on conflict (sha256(payload)) do update set
      id = default, received_at = excluded.received_at, reason = excluded.reason, sqlstate = excluded.sqlstate,
      error = excluded.error
    returning case when d.xmax = 0 then 'dead' else 'duplicate' end into outcome;
  end if;
  perform internal.add_tally(jsonb_build_object('received', items, outcome, items));
end $function$
;
CREATE OR REPLACE FUNCTION internal.redeem_invitation(hash bytea)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 WITH gone AS (
          DELETE FROM pitchbeat.invitations i
           WHERE (i.hash = redeem_invitation.hash)
           RETURNING i.expires_at
         )
  SELECT (EXISTS ( SELECT
            FROM gone g
           WHERE (g.expires_at > now()))) AS "exists";
END
;
CREATE OR REPLACE FUNCTION internal.redeem_mine_code(hash bytea, marked_as text DEFAULT NULL::text)
 RETURNS TABLE(owner_id text, redeemed boolean)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 WITH gone AS (
          DELETE FROM pitchbeat.mine_codes m
           WHERE ((m.expires_at <= now()) OR (m.used_at IS NOT NULL) OR ((m.hash = redeem_mine_code.hash) AND COALESCE((m.owner_id = redeem_mine_code.marked_as), true)))
           RETURNING m.hash,
             m.owner_id,
             ((m.expires_at > now()) AND (m.used_at IS NULL)) AS valid
         )
  SELECT g.owner_id,
     true
    FROM gone g
   WHERE ((g.hash = redeem_mine_code.hash) AND g.valid)
 UNION ALL
  SELECT m.owner_id,
     false
    FROM pitchbeat.mine_codes m
   WHERE ((m.hash = redeem_mine_code.hash) AND (m.expires_at > now()) AND (m.used_at IS NULL) AND (m.owner_id <> redeem_mine_code.marked_as));
END
;
CREATE OR REPLACE FUNCTION internal.require_owner(id text, version integer)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if internal.owner_version(require_owner.id) is distinct from require_owner.version then
    raise exception 'this login ended' using errcode = 'PB401';
  end if;
end $function$
;
CREATE OR REPLACE FUNCTION internal.save_batch(received integer, dropped jsonb DEFAULT '{}'::jsonb, l_campaign uuid[] DEFAULT '{}'::uuid[], l_id uuid[] DEFAULT '{}'::uuid[], s_campaign uuid[] DEFAULT '{}'::uuid[], s_id uuid[] DEFAULT '{}'::uuid[], s_link uuid[] DEFAULT '{}'::uuid[], s_open uuid[] DEFAULT '{}'::uuid[], s_l integer[] DEFAULT '{}'::integer[], s_items integer[] DEFAULT '{}'::integer[], s_sliding boolean[] DEFAULT '{}'::boolean[], s_window integer[] DEFAULT '{}'::integer[], s_served timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[], s_started timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[], s_last timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[], s_state text[] DEFAULT '{}'::text[], s_automated boolean[] DEFAULT '{}'::boolean[], s_input boolean[] DEFAULT '{}'::boolean[], s_private boolean[] DEFAULT '{}'::boolean[], s_owner_device boolean[] DEFAULT '{}'::boolean[], s_owner_login boolean[] DEFAULT '{}'::boolean[], s_prefetch boolean[] DEFAULT '{}'::boolean[], s_ua_class text[] DEFAULT '{}'::text[], s_device text[] DEFAULT '{}'::text[], s_browser text[] DEFAULT '{}'::text[], s_os text[] DEFAULT '{}'::text[], s_referrer text[] DEFAULT '{}'::text[], s_utm_source text[] DEFAULT '{}'::text[], s_utm_medium text[] DEFAULT '{}'::text[], s_utm_campaign text[] DEFAULT '{}'::text[], s_language text[] DEFAULT '{}'::text[], s_ua_hash text[] DEFAULT '{}'::text[], s_active bigint[] DEFAULT '{}'::bigint[], s_views integer[] DEFAULT '{}'::integer[], s_acts integer[] DEFAULT '{}'::integer[], s_forwards integer[] DEFAULT '{}'::integer[], s_externals integer[] DEFAULT '{}'::integer[], s_ctas integer[] DEFAULT '{}'::integer[], s_leads integer[] DEFAULT '{}'::integer[], s_summary bigint[] DEFAULT '{}'::bigint[], s_case_studies bigint[] DEFAULT '{}'::bigint[], s_contact bigint[] DEFAULT '{}'::bigint[], v_s integer[] DEFAULT '{}'::integer[], v_id uuid[] DEFAULT '{}'::uuid[], v_page text[] DEFAULT '{}'::text[], v_active integer[] DEFAULT '{}'::integer[], v_scroll integer[] DEFAULT '{}'::integer[], v_first timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[], v_last timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[], v_parts integer[] DEFAULT '{}'::integer[], p_s integer[] DEFAULT '{}'::integer[], p_view uuid[] DEFAULT '{}'::uuid[], p_part text[] DEFAULT '{}'::text[], p_active integer[] DEFAULT '{}'::integer[], e_s integer[] DEFAULT '{}'::integer[], e_id uuid[] DEFAULT '{}'::uuid[], e_type text[] DEFAULT '{}'::text[], e_view uuid[] DEFAULT '{}'::uuid[], e_label text[] DEFAULT '{}'::text[], e_target text[] DEFAULT '{}'::text[], e_at timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[], e_claimed boolean[] DEFAULT '{}'::boolean[], o_s integer[] DEFAULT '{}'::integer[], o_items integer[] DEFAULT '{}'::integer[], o_campaign uuid[] DEFAULT '{}'::uuid[], o_id uuid[] DEFAULT '{}'::uuid[], o_link uuid[] DEFAULT '{}'::uuid[], o_l integer[] DEFAULT '{}'::integer[], o_at timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[], o_ua_class text[] DEFAULT '{}'::text[], o_referrer text[] DEFAULT '{}'::text[], o_owner_device boolean[] DEFAULT '{}'::boolean[], o_owner_login boolean[] DEFAULT '{}'::boolean[], o_prefetch boolean[] DEFAULT '{}'::boolean[], o_private boolean[] DEFAULT '{}'::boolean[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  none constant uuid := '00000000-0000-0000-0000-000000000000';
  drops jsonb := coalesce(dropped, '{}');
  stored bigint := 0;
  kept int;
  known boolean[];
  keep boolean[];
  v_keep boolean[];
  p_keep boolean[];
  e_keep boolean[];
  crowded boolean;
  fresh_views bigint;
  fresh_acts bigint;
  complete boolean;
  duplicate bigint;
  surplus bigint := 0;
  n bigint;
  m bigint;
  gone bigint;
  r_campaign uuid[];
  r_open uuid[];
begin
  -- 0. Nobody erases while we save. A statement of its own: what follows sees every finished erasure.
  perform internal.lock_for_saving(l_campaign);

  -- 1. Sessions that were erased, or whose link is gone, are left out with all they bring.
  select array_agg(exists (
    select from pitchbeat.links l join pitchbeat.campaigns c on c.id = l.campaign_id
    where l.id = g.id and l.campaign_id = g.campaign_id and c.deleted_at is null
  ) order by g.i) into known
  from unnest(l_campaign, l_id) with ordinality as g (campaign_id, id, i);
  select array_agg(known[k.l] and not k.erased order by k.i), count(*) filter (where known[k.l] and not k.erased),
    sum(k.items) filter (where not known[k.l]), sum(k.items) filter (where k.erased and known[k.l])
  into keep, kept, n, m
  from (
    select k.i, k.l, k.items,
      exists (select from internal.erased x where x.campaign_id = k.campaign_id and x.id = k.id) as erased
    from unnest(s_campaign, s_id, s_l, s_items) with ordinality as k (campaign_id, id, l, items, i)
  ) k;
  drops := internal.add_drop(drops, 'unknown_link', n);
  drops := internal.add_drop(drops, 'erased', m);

  -- The opens of these sessions, those that they leave included.
  select array_agg(r.campaign_id), array_agg(r.id) into r_campaign, r_open
  from (
    select distinct k.campaign_id, o.id
    from unnest(s_campaign, s_id, s_open, keep) as k (campaign_id, id, open_id, keep)
    left join internal.sessions s on s.campaign_id = k.campaign_id and s.id = k.id
    cross join lateral (values (k.open_id), (s.open_id)) o (id)
    where k.keep and o.id is not null
  ) r;

  -- 2. The sessions, in key order: that is the lock, and no deadlock. A row that learns nothing is locked as well.
  -- A new session has no other rows than those given, so its sums are theirs; an old one is recounted below.
  insert into internal.sessions as s (
    campaign_id, id, link_id, open_id, project_id, owner_id, sliding, window_ms, served_at, started_at, last_received_at, last_state,
    automated, input, private, owner_device, owner_login, prefetch, ua_class, device, browser, os, referrer_host,
    utm_source, utm_medium, utm_campaign, language, ua_hash, active_ms, view_count, acts, forwards, externals, ctas,
    leads, summary_ms, case_studies_ms, contact_ms
  )
  select
    k.campaign_id, k.id, k.link_id, k.open_id, c.project_id, c.owner_id, k.sliding, k.window_ms, k.served_at, k.started_at, k.last_at,
    k.state, k.automated, k.input, k.private, k.owner_device, k.owner_login, k.prefetch, k.ua_class, k.device,
    k.browser, k.os, k.referrer, k.utm_source, k.utm_medium, k.utm_campaign, k.language,
    case when not k.private then decode(k.ua_hash, 'hex') end,
    k.active, k.views, k.acts, k.forwards, k.externals, k.ctas, k.leads, k.summary, k.case_studies, k.contact
  from unnest(
    s_campaign, s_id, s_link, s_open, keep, s_sliding, s_window, s_served, s_started, s_last, s_state, s_automated, s_input, s_private,
    s_owner_device, s_owner_login, s_prefetch, s_ua_class, s_device, s_browser, s_os, s_referrer, s_utm_source,
    s_utm_medium, s_utm_campaign, s_language, s_ua_hash, s_active, s_views, s_acts, s_forwards, s_externals, s_ctas,
    s_leads, s_summary, s_case_studies, s_contact
  ) as k (
    campaign_id, id, link_id, open_id, keep, sliding, window_ms, served_at, started_at, last_at, state, automated, input, private,
    owner_device, owner_login, prefetch, ua_class, device, browser, os, referrer, utm_source, utm_medium,
    utm_campaign, language, ua_hash, active, views, acts, forwards, externals, ctas, leads, summary, case_studies,
    contact
  )
  join pitchbeat.campaigns c on c.id = k.campaign_id
  where k.keep
  order by k.campaign_id, k.id
  on conflict (campaign_id, id) do update set
    link_id = least(s.link_id, excluded.link_id),
    open_id = least(s.open_id, excluded.open_id),
    of_open = case when least(s.open_id, excluded.open_id) is distinct from s.open_id then 1 else s.of_open end,
    sliding = s.sliding or excluded.sliding,
    window_ms = greatest(s.window_ms, excluded.window_ms),
    served_at = least(s.served_at, excluded.served_at),
    started_at = least(s.started_at, excluded.started_at),
    last_received_at = greatest(s.last_received_at, excluded.last_received_at),
    last_state = case when (excluded.last_received_at, excluded.last_state) > (s.last_received_at, s.last_state)
      then excluded.last_state else s.last_state end,
    automated = s.automated or excluded.automated,
    input = s.input or excluded.input,
    private = s.private or excluded.private,
    owner_device = s.owner_device or excluded.owner_device,
    owner_login = s.owner_login or excluded.owner_login,
    prefetch = s.prefetch or excluded.prefetch,
    ua_class = least(s.ua_class, excluded.ua_class),
    device = least(s.device, excluded.device),
    browser = least(s.browser, excluded.browser),
    os = least(s.os, excluded.os),
    referrer_host = least(s.referrer_host, excluded.referrer_host),
    utm_source = least(s.utm_source, excluded.utm_source),
    utm_medium = least(s.utm_medium, excluded.utm_medium),
    utm_campaign = least(s.utm_campaign, excluded.utm_campaign),
    language = least(s.language, excluded.language),
    ua_hash = case when s.private or excluded.private then null else least(s.ua_hash, excluded.ua_hash) end
  where (excluded.last_received_at, excluded.last_state) > (s.last_received_at, s.last_state)
    or (least(s.link_id, excluded.link_id), least(s.open_id, excluded.open_id), s.sliding or excluded.sliding,
        greatest(s.window_ms, excluded.window_ms),
        least(s.served_at, excluded.served_at), least(s.started_at, excluded.started_at),
        s.automated or excluded.automated, s.input or excluded.input, s.private or excluded.private,
        s.owner_device or excluded.owner_device, s.owner_login or excluded.owner_login,
        s.prefetch or excluded.prefetch, least(s.ua_class, excluded.ua_class), least(s.device, excluded.device),
        least(s.browser, excluded.browser), least(s.os, excluded.os),
        least(s.referrer_host, excluded.referrer_host), least(s.utm_source, excluded.utm_source),
        least(s.utm_medium, excluded.utm_medium), least(s.utm_campaign, excluded.utm_campaign),
        least(s.language, excluded.language),
        case when s.private or excluded.private then null else least(s.ua_hash, excluded.ua_hash) end)
      is distinct from
       (s.link_id, s.open_id, s.sliding, s.window_ms, s.served_at, s.started_at, s.automated, s.input, s.private, s.owner_device,
        s.owner_login, s.prefetch, s.ua_class, s.device, s.browser, s.os, s.referrer_host, s.utm_source,
        s.utm_medium, s.utm_campaign, s.language, s.ua_hash);
  get diagnostics n = row_count;
  stored := stored + n;

  -- Caps. Nearly always nothing is crowded, and the arrays of what to keep stay null: all. A row that this save
  -- inserted has no xmax; one that was there before was locked, and so has.
  select count(*), coalesce(bool_or(k.views > 200 or k.acts > 1000 or s.xmax <> 0
      and (s.view_count + k.views > 200 or s.acts + k.acts > 1000)), false),
    coalesce(sum(k.views) filter (where s.xmax = 0), 0), coalesce(sum(k.acts) filter (where s.xmax = 0), 0)
  into n, crowded, fresh_views, fresh_acts
  from unnest(s_campaign, s_id, s_views, s_acts, keep) as k (campaign_id, id, views, acts, keep)
  join internal.sessions s on s.campaign_id = k.campaign_id and s.id = k.id
  where k.keep;
  complete := n = kept;
  if crowded then
    select array_agg(k.fits order by k.i), count(*) filter (where not k.fits and keep[k.s]) into v_keep, n
    from (
      select u.i, u.s, t.id is not null or case when s.xmax = 0 then 0 else s.view_count end + row_number() over (
        partition by u.s, t.id is null order by u.id) <= 200 as fits
      from unnest(v_s, v_id) with ordinality as u (s, id, i)
      left join internal.sessions s on s.campaign_id = s_campaign[u.s] and s.id = s_id[u.s]
      left join internal.views t on t.campaign_id = s.campaign_id and t.session_id = s.id and t.id = u.id
    ) k;
    select array_agg(k.fits order by k.i), count(*) filter (where not k.fits and keep[k.s]) into e_keep, m
    from (
      select u.i, u.s, t.id is not null or case when s.xmax = 0 then 0 else s.acts end + row_number() over (
        partition by u.s, t.id is null order by u.id) <= 1000 as fits
      from unnest(e_s, e_id) with ordinality as u (s, id, i)
      left join internal.sessions s on s.campaign_id = s_campaign[u.s] and s.id = s_id[u.s]
      left join internal.events t on t.campaign_id = s.campaign_id and t.session_id = s.id and t.id = u.id
    ) k;
    drops := internal.add_drop(drops, 'too_many_views', n);
    drops := internal.add_drop(drops, 'too_many_events', m);
    -- a part goes with its view
    select array_agg(v.fits order by p.i) into p_keep
    from unnest(p_s, p_view) with ordinality as p (s, view_id, i)
    full join unnest(v_s, v_id, v_keep) as v (s, id, fits) on v.s = p.s and v.id = p.view_id
    where p.i is not null;
  end if;

  -- 3. Opens, views, parts, events. Either side may create an open: the page that recorded it, or the session that
  -- claims it (`o_s`; a claim alone is not an item).
  with judged as (
    select o.*, s_id[o.s] as claimed_by, not known[o.l] as unknown,
      exists (select from internal.erased x where x.campaign_id = o.campaign_id and x.id = o.id) as erased
    from unnest(o_s, o_items, o_campaign, o_id, o_link, o_l, o_at, o_ua_class, o_referrer, o_owner_device,
      o_owner_login, o_prefetch, o_private)
      as o (s, items, campaign_id, id, link_id, l, at, ua_class, referrer, owner_device, owner_login, prefetch,
        private)
    where o.items > 0 or keep[o.s]
    union all
    -- those that a session leaves, as they are: to be locked in order with the others
    select null, 0, o.campaign_id, o.id, o.link_id, null, o.at, o.ua_class, o.referrer_host, o.owner_device, o.owner_login,
      o.prefetch, o.private, o.claimed_by, false, false
    from unnest(r_campaign, r_open) as r (campaign_id, id)
    join internal.opens o on o.campaign_id = r.campaign_id and o.id = r.id
    where not (o.id = any (o_id))
  ), saved as (
    insert into internal.opens as o (campaign_id, id, link_id, at, ua_class, referrer_host, owner_device, owner_login,
      prefetch, private, claimed_by)
    select j.campaign_id, j.id, j.link_id, j.at, j.ua_class, j.referrer, j.owner_device, j.owner_login, j.prefetch,
      j.private, case when keep[j.s] then j.claimed_by end
    from judged j where not j.unknown and not j.erased
    order by j.campaign_id, j.id
    on conflict (campaign_id, id) do update set
      link_id = least(o.link_id, excluded.link_id),
      at = least(o.at, excluded.at),
      ua_class = least(o.ua_class, excluded.ua_class),
      referrer_host = least(o.referrer_host, excluded.referrer_host),
      owner_device = o.owner_device or excluded.owner_device,
      owner_login = o.owner_login or excluded.owner_login,
      prefetch = o.prefetch or excluded.prefetch,
      private = o.private or excluded.private,
      claimed_by = least(o.claimed_by, excluded.claimed_by)
    where (least(o.link_id, excluded.link_id), least(o.at, excluded.at), least(o.ua_class, excluded.ua_class),
        least(o.referrer_host, excluded.referrer_host), o.owner_device or excluded.owner_device,
        o.owner_login or excluded.owner_login, o.prefetch or excluded.prefetch, o.private or excluded.private,
        least(o.claimed_by, excluded.claimed_by))
      is distinct from (o.link_id, o.at, o.ua_class, o.referrer_host, o.owner_device, o.owner_login, o.prefetch,
        o.private, o.claimed_by)
    returning o.campaign_id, o.id
  )
  select count(*) filter (where j.items > 0 and s.id is not null), sum(j.items) filter (where j.unknown),
    sum(j.items) filter (where j.erased and not j.unknown)
  into n, m, gone
  -- a full join is hashed; a left join was nested, because nobody knows beforehand how many rows an array has
  from judged j full join saved s on s.campaign_id = j.campaign_id and s.id = j.id;
  stored := stored + n;
  drops := internal.add_drop(drops, 'unknown_link', m);
  drops := internal.add_drop(drops, 'erased', gone);

  insert into internal.views as t (campaign_id, session_id, id, page, active_ms, scroll, first_received_at,
    last_received_at)
  select s_campaign[v.s], s_id[v.s], v.id, v.page, v.active, v.scroll, v.first_at, v.last_at
  from unnest(v_s, v_id, v_page, v_active, v_scroll, v_first, v_last) with ordinality
    as v (s, id, page, active, scroll, first_at, last_at, i)
  where keep[v.s] and (v_keep is null or v_keep[v.i])
  on conflict (campaign_id, session_id, id) do update set
    page = least(t.page, excluded.page),
    active_ms = greatest(t.active_ms, excluded.active_ms),
    scroll = greatest(t.scroll, excluded.scroll),
    first_received_at = least(t.first_received_at, excluded.first_received_at),
    last_received_at = greatest(t.last_received_at, excluded.last_received_at)
  where excluded.active_ms > t.active_ms or excluded.last_received_at > t.last_received_at
    or excluded.scroll > t.scroll or excluded.first_received_at < t.first_received_at or excluded.page < t.page;
  get diagnostics n = row_count;
  stored := stored + n;
  complete := complete and (crowded or n >= fresh_views);

  if p_keep is null and exists (
    select from unnest(v_s, v_id, v_parts) as v (s, id, parts)
    where v.parts > 0 and v.parts + (
      select count(*) from internal.view_parts o
      where o.campaign_id = s_campaign[v.s] and o.session_id = s_id[v.s] and o.view_id = v.id) > 50
  ) or p_keep is not null then
    -- over 50 parts in a view: the new ones that do not fit are left out, in the order of their names
    select array_agg(k.fits order by k.i), count(*) filter (where not k.fits and keep[k.s] and k.view_fits)
    into p_keep, n
    from (
      select u.i, u.s, p_keep is null or p_keep[u.i] as view_fits, (p_keep is null or p_keep[u.i]) and (
        t.part is not null or row_number() over (
          partition by u.s, u.view_id, t.part is null order by u.part collate "C"
        ) <= 50 - (select count(*) from internal.view_parts o where o.campaign_id = s_campaign[u.s]
          and o.session_id = s_id[u.s] and o.view_id = u.view_id)
      ) as fits
      from unnest(p_s, p_view, p_part) with ordinality as u (s, view_id, part, i)
      left join internal.view_parts t on t.campaign_id = s_campaign[u.s] and t.session_id = s_id[u.s]
        and t.view_id = u.view_id and t.part = u.part
    ) k;
    drops := internal.add_drop(drops, 'too_many_parts', n);
    surplus := n;
  end if;
  insert into internal.view_parts as t (campaign_id, session_id, view_id, part, active_ms)
  select s_campaign[p.s], s_id[p.s], p.view_id, p.part, p.active
  from unnest(p_s, p_view, p_part, p_active) with ordinality as p (s, view_id, part, active, i)
  where keep[p.s] and (p_keep is null or p_keep[p.i])
  on conflict (campaign_id, session_id, view_id, part) do update set active_ms = excluded.active_ms
  where excluded.active_ms > t.active_ms;

  insert into internal.events as t (campaign_id, session_id, id, type, view_id, label, target, at, claimed)
  select s_campaign[e.s], s_id[e.s], e.id, e.type, e.view_id, e.label, e.target, e.at, e.claimed
  from unnest(e_s, e_id, e_type, e_view, e_label, e_target, e_at, e_claimed) with ordinality
    as e (s, id, type, view_id, label, target, at, claimed, i)
  where keep[e.s] and (e_keep is null or e_keep[e.i])
  on conflict (campaign_id, session_id, id) do update set
    (type, view_id, label, target) = (
      select d.type, d.view_id, d.label, d.target
      from (values (t.type, t.view_id, t.label, t.target),
        (excluded.type, excluded.view_id, excluded.label, excluded.target)) d (type, view_id, label, target)
      order by d.type, d.view_id nulls first, d.label nulls first, d.target nulls first limit 1
    ),
    at = least(t.at, excluded.at),
    claimed = t.claimed and excluded.claimed
  where excluded.at < t.at or (t.claimed and not excluded.claimed)
    or (excluded.type, coalesce(excluded.view_id, none), coalesce(excluded.label, ''), coalesce(excluded.target, ''))
      < (t.type, coalesce(t.view_id, none), coalesce(t.label, ''), coalesce(t.target, ''));
  get diagnostics n = row_count;
  stored := stored + n;
  complete := complete and (crowded or n >= fresh_acts);
  -- the opening of the link is an event that the session implies, not an item
  insert into internal.events as t (campaign_id, session_id, id, type, at, claimed)
  select k.campaign_id, k.id, k.id, 'link_open', k.started_at, false
  from unnest(s_campaign, s_id, s_started, keep) as k (campaign_id, id, started_at, keep)
  where k.keep and not exists (
    select from internal.events o
    where o.campaign_id = k.campaign_id and o.session_id = k.id and o.id = k.id and o.at <= k.started_at
  )
  on conflict (campaign_id, session_id, id) do update set at = excluded.at;

  -- The place of each session among those of its open, by their start. The opens are locked above, after the
  -- sessions: of two saves that bring sessions of one open the later sees both. A session that another save holds is
  -- left to that save, which comes here after us; to wait for it would be a deadlock. Past 1 000 nobody counts on, so
  -- that a ticket used again and again costs no more with each session.
  if r_open is not null then
    with placed as (
      select s.campaign_id, s.id, s.of_open, least(row_number() over (
        partition by s.campaign_id, s.open_id order by s.started_at, s.id), 1001)::int as place
      from unnest(r_campaign, r_open) r (campaign_id, open_id)
      join internal.sessions s on s.campaign_id = r.campaign_id and s.open_id = r.open_id and s.of_open <= 1000
    ), free as (
      select s.campaign_id, s.id, p.place
      from placed p join internal.sessions s on s.campaign_id = p.campaign_id and s.id = p.id
      where p.place <> p.of_open
      for update of s skip locked
    )
    update internal.sessions s set of_open = f.place
    from free f where s.campaign_id = f.campaign_id and s.id = f.id;
  end if;

  -- 4. The recount, from the session's own rows, and a look at whether all that was given is there now.
  with counted as materialized (
    select r.*, k.views as given_views, k.acts as given_acts
    from unnest(s_campaign, s_id, s_views, s_acts, keep) as k (campaign_id, id, views, acts, keep)
    join internal.sessions s on s.campaign_id = k.campaign_id and s.id = k.id
    join internal.recounted_sessions r on r.campaign_id = k.campaign_id and r.id = k.id
    where k.keep and (crowded or s.xmax <> 0)
  ), changed as (
    update internal.sessions s set
      active_ms = r.active_ms, view_count = r.view_count, acts = r.acts, forwards = r.forwards,
      externals = r.externals, ctas = r.ctas, leads = r.leads, summary_ms = r.summary_ms,
      case_studies_ms = r.case_studies_ms, contact_ms = r.contact_ms
    from counted r
    where s.campaign_id = r.campaign_id and s.id = r.id
      and (s.active_ms, s.view_count, s.acts, s.forwards, s.externals, s.ctas, s.leads, s.summary_ms,
        s.case_studies_ms, s.contact_ms)
      is distinct from (r.active_ms, r.view_count, r.acts, r.forwards, r.externals, r.ctas, r.leads, r.summary_ms,
        r.case_studies_ms, r.contact_ms)
  )
  select complete and coalesce(bool_and(crowded or r.view_count >= r.given_views and r.acts >= r.given_acts), true)
  into complete from counted r;
  if not complete then
    raise exception 'the database lost rows of % sessions in silence', kept using errcode = 'XX001';
  end if;

  -- 5. The tally. A part over the cap counts as an item, so that the sum is always right.
  received := received + surplus;
  duplicate := received - stored - (select coalesce(sum(d.value::bigint), 0) from jsonb_each_text(drops) d);
  perform internal.add_tally(
    jsonb_build_object('received', received, 'stored', stored, 'duplicate', duplicate)
    || (select coalesce(jsonb_object_agg('dropped:' || d.key, d.value), '{}') from jsonb_each(drops) d));
  return jsonb_build_object('stored', stored, 'duplicate', duplicate, 'dropped', drops);
end $function$
;
CREATE OR REPLACE FUNCTION internal.save_lead(lead jsonb)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  the_campaign constant uuid := lead ->> 'campaign_id';
  the_link constant uuid := lead ->> 'link_id';
  the_lead constant uuid := lead ->> 'lead_id';
  received_at constant timestamptz := to_timestamp((lead ->> 'received_at')::bigint / 1000.0);
  session jsonb := case when jsonb_typeof(lead -> 'session') = 'object' then lead -> 'session' end;
  flags constant jsonb := session -> 'flags';
  ua constant jsonb := session -> 'ua';
  the_session uuid := session ->> 'id';
  ends_at timestamptz;
  answer jsonb;
begin
  select p.ends_at into ends_at from internal.prepare_save(array[the_link]) p where p.campaign_id = the_campaign;
  if not found then
    return 'unknown_link';
  end if;
  if ends_at <= received_at then
    return 'link_off';
  end if;
  if exists (select from internal.erased x where x.campaign_id = the_campaign and x.id = the_lead) then
    return 'erased';
  end if;
  if exists (select from internal.sessions s
             where s.campaign_id = the_campaign and s.id = the_session and s.link_id <> the_link) then
    session := null;
    the_session := null;
  end if;
  insert into pitchbeat.leads (campaign_id, id, link_id, session_id, name, email, message, created_at)
  values (the_campaign, the_lead, the_link, the_session, lead ->> 'name', lead ->> 'email', lead ->> 'message',
    received_at)
  on conflict do nothing;
  if not found then
    return case when exists (
      select from pitchbeat.leads l where l.campaign_id = the_campaign and l.id = the_lead
        and (l.name, l.email, l.message) = (lead ->> 'name', lead ->> 'email', lead ->> 'message')
    ) then 'repeat' else 'conflict' end;
  end if;
  if session is null then
    return 'stored';
  end if;
  answer := internal.save_batch(
    received => 2, l_campaign => array[the_campaign], l_id => array[the_link], s_l => array[1], s_campaign => array[the_campaign], s_id => array[the_session], s_link => array[the_link],
    s_open => array[(session ->> 'open_id')::uuid],
    s_items => array[2], s_sliding => array[coalesce((flags ->> 'sliding')::boolean, false)],
    s_window => array[coalesce((session ->> 'window_ms')::int, 1800000)],
    s_served => array[to_timestamp((session ->> 'served_at')::bigint / 1000.0)], s_started => array[received_at],
    s_last => array[received_at], s_state => array['reading'], s_automated => array[false], s_input => array[true],
    s_private => array[coalesce((session ->> 'private')::boolean, false)],
    s_owner_device => array[coalesce((flags ->> 'owner_device')::boolean, false)],
    s_owner_login => array[coalesce((flags ->> 'owner_login')::boolean, false)],
    s_prefetch => array[coalesce((flags ->> 'prefetch')::boolean, false)],
    s_ua_class => array[ua ->> 'class'], s_device => array[ua ->> 'device'], s_browser => array[ua ->> 'browser'],
    s_os => array[ua ->> 'os'], s_referrer => array[null::text], s_utm_source => array[null::text], s_utm_medium => array[null::text],
    s_utm_campaign => array[null::text], s_language => array[null::text], s_ua_hash => array[ua ->> 'hash'],
    s_active => array[0], s_views => array[0], s_acts => array[1], s_forwards => array[0], s_externals => array[0],
    s_ctas => array[0], s_leads => array[1], s_summary => array[0], s_case_studies => array[0], s_contact => array[0],
    e_s => array[1], e_id => array[the_lead], e_type => array['lead_submit'], e_view => array[null::uuid],
    e_label => array[null::text], e_target => array[null::text], e_at => array[received_at], e_claimed => array[false]
  );
  if (answer -> 'dropped') ? 'erased' then
    update pitchbeat.leads l set session_id = null where l.campaign_id = the_campaign and l.id = the_lead;
  end if;
  return 'stored';
end $function$
;
CREATE OR REPLACE FUNCTION internal.take_dead_letters(max integer, after bigint DEFAULT 0)
 RETURNS TABLE(id bigint, reason text, sqlstate text, error text, payload bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT d.id,
     d.reason,
     d.sqlstate,
     d.error,
     d.payload
    FROM internal.dead_letters d
   WHERE (d.id > take_dead_letters.after)
   ORDER BY d.id
  LIMIT take_dead_letters.max;
END
;
CREATE OR REPLACE FUNCTION internal.take_inbox(max integer, lease_ms integer, taker text)
 RETURNS TABLE(id bigint, body bytea, tries integer)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 WITH free AS (
          SELECT i.id
            FROM internal.inbox i
           WHERE ((i.taken_until IS NULL) OR (i.taken_until < now()))
           ORDER BY i.id
          LIMIT take_inbox.max
          FOR UPDATE OF i SKIP LOCKED
         ), taken AS (
          UPDATE internal.inbox i SET taken_until = (now() + ((take_inbox.lease_ms)::double precision * '00:00:00.001'::interval)), taken_by = take_inbox.taker, tries = (i.tries + 1)
            FROM free
           WHERE (i.id = free.id)
           RETURNING i.id,
             i.body,
             i.tries
         )
  SELECT t.id,
     t.body,
     t.tries
    FROM taken t
   ORDER BY t.id;
END
;
CREATE OR REPLACE FUNCTION internal.token_owner(hash bytea)
 RETURNS TABLE(owner_id text, scope text, version integer)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 WITH used AS (
          UPDATE pitchbeat.tokens t_1 SET last_used_at = now()
           WHERE ((t_1.hash = token_owner.hash) AND COALESCE((t_1.last_used_at < (now() - '00:01:00'::interval)), true))
         )
  SELECT t.owner_id,
     t.scope,
     o.version
    FROM (pitchbeat.tokens t
      JOIN pitchbeat.owners o ON (((o.id = t.owner_id) AND (o.deleted_at IS NULL))))
   WHERE (t.hash = token_owner.hash);
END
;
CREATE OR REPLACE FUNCTION internal.verify(campaign uuid DEFAULT NULL::uuid)
 RETURNS TABLE(campaign_id uuid, session_id uuid, stored jsonb, recounted jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select s.campaign_id, s.id,
    jsonb_build_object('active_ms', s.active_ms, 'views', s.view_count, 'acts', s.acts, 'forwards', s.forwards,
      'externals', s.externals, 'ctas', s.ctas, 'leads', s.leads, 'summary_ms', s.summary_ms,
      'case_studies_ms', s.case_studies_ms, 'contact_ms', s.contact_ms),
    jsonb_build_object('active_ms', r.active_ms, 'views', r.view_count, 'acts', r.acts, 'forwards', r.forwards,
      'externals', r.externals, 'ctas', r.ctas, 'leads', r.leads, 'summary_ms', r.summary_ms,
      'case_studies_ms', r.case_studies_ms, 'contact_ms', r.contact_ms)
  from internal.sessions s
  join internal.recounted_sessions r on r.campaign_id = s.campaign_id and r.id = s.id
  where (campaign is null or s.campaign_id = campaign)
    and (s.active_ms, s.view_count, s.acts, s.forwards, s.externals, s.ctas, s.leads, s.summary_ms,
      s.case_studies_ms, s.contact_ms)
    is distinct from (r.active_ms, r.view_count, r.acts, r.forwards, r.externals, r.ctas, r.leads, r.summary_ms,
      r.case_studies_ms, r.contact_ms);
$function$
;
CREATE OR REPLACE FUNCTION internal.verify_tally()
 RETURNS TABLE(received bigint, stored bigint, duplicate bigint, dropped bigint, dead bigint, missing bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT t.received,
     t.stored,
     t.duplicate,
     t.dropped,
     t.dead,
     ((((t.received - t.stored) - t.duplicate) - t.dropped) - t.dead)
    FROM ( SELECT (COALESCE(sum(o.n) FILTER (WHERE (o.outcome = 'received'::text)), (0)::numeric))::bigint AS received,
             (COALESCE(sum(o.n) FILTER (WHERE (o.outcome = 'stored'::text)), (0)::numeric))::bigint AS stored,
             (COALESCE(sum(o.n) FILTER (WHERE (o.outcome = 'duplicate'::text)), (0)::numeric))::bigint AS duplicate,
             (COALESCE(sum(o.n) FILTER (WHERE (o.outcome ~~ 'dropped:%'::text)), (0)::numeric))::bigint AS dropped,
             (COALESCE(sum(o.n) FILTER (WHERE (o.outcome = 'dead'::text)), (0)::numeric))::bigint AS dead
            FROM internal.tally o) t;
END
;
CREATE OR REPLACE FUNCTION pitchbeat.before_first_ms(served_at timestamp with time zone, started_at timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN LEAST(((EXTRACT(epoch FROM (started_at - COALESCE(served_at, started_at))) * (1000)::numeric))::bigint, (60000)::bigint)
;
CREATE OR REPLACE FUNCTION pitchbeat.credited_ms(active_ms bigint, served_at timestamp with time zone, started_at timestamp with time zone, last_received_at timestamp with time zone, sliding boolean, window_ms integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN GREATEST((0)::bigint, LEAST(active_ms, (((((EXTRACT(epoch FROM (last_received_at - started_at)) * (1000)::numeric))::bigint + pitchbeat.before_first_ms(served_at, started_at)) - pitchbeat.withheld_ms(served_at, started_at, last_received_at)) + 5000), ((window_ms)::bigint * CASE WHEN sliding THEN 48 ELSE 1 END)))
;
CREATE OR REPLACE FUNCTION pitchbeat.current_owner_id()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::jsonb ->> 'sub'::text)
;
CREATE OR REPLACE FUNCTION pitchbeat.drop_old_drafts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  delete from pitchbeat.versions v
  where v.campaign_id = new.campaign_id and v.id = any (array(
    select d.id from pitchbeat.versions d where d.campaign_id = new.campaign_id and d.kind = 'draft'
    order by d.at desc, d.id desc offset 50));
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION pitchbeat.engagement_rate(engaged bigint, actual bigint)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((engaged)::double precision / (NULLIF(actual, 0))::double precision)
;
CREATE OR REPLACE FUNCTION pitchbeat.flag(credited_ms bigint, acts integer)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN pitchbeat.is_engaged(credited_ms, acts) THEN 'engaged'::text WHEN pitchbeat.is_actual(credited_ms) THEN 'actual'::text ELSE 'new'::text END
;
CREATE OR REPLACE FUNCTION pitchbeat.folded(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN lower(regexp_replace(NORMALIZE(words, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text))
;
CREATE OR REPLACE FUNCTION pitchbeat.is_actual(credited_ms bigint)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (credited_ms > 10000)
;
CREATE OR REPLACE FUNCTION pitchbeat.is_engaged(credited_ms bigint, acts integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (pitchbeat.is_actual(credited_ms) AND (acts >= 1))
;
CREATE OR REPLACE FUNCTION pitchbeat.is_over(last_state text, started_at timestamp with time zone, last_received_at timestamp with time zone, sliding boolean, window_ms integer, now timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((last_state = 'left'::text) AND ((now - last_received_at) > '00:00:10'::interval)) OR CASE WHEN sliding THEN (((now - last_received_at) > ((window_ms)::double precision * '00:00:00.001'::interval)) OR ((now - started_at) > ((48)::double precision * ((window_ms)::double precision * '00:00:00.001'::interval)))) ELSE ((now - started_at) > ((window_ms)::double precision * '00:00:00.001'::interval)) END)
;
CREATE OR REPLACE FUNCTION pitchbeat.require_living_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform from pitchbeat.owners o where o.id = pitchbeat.current_owner_id() and o.deleted_at is null for share;
  if not found then
    raise exception 'this owner does not exist, or was deleted' using errcode = 'PB401';
  end if;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION pitchbeat.shows_title(slug text, title text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (EXISTS (SELECT FROM regexp_split_to_table(pitchbeat.folded(shows_title.title), '[^a-z0-9]+'::text) word(word) WHERE (((length(word.word) >= 3) AND (word.word = ANY (string_to_array(shows_title.slug, '-'::text)))) OR ((length(word.word) >= 5) AND (strpos(shows_title.slug, "left"(word.word, 24)) > 0)))))
;
CREATE OR REPLACE FUNCTION pitchbeat.too_many_of_one_open(of_open integer, open_id uuid, started_at timestamp with time zone, window_ms integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ((of_open <= 5) OR (open_id IS NULL)) THEN false ELSE ((of_open)::numeric > ((5)::numeric + GREATEST((0)::numeric, floor((((EXTRACT(epoch FROM (started_at - '1970-01-01 00:00:00+00'::timestamp with time zone)) * (1000)::numeric) - (((('x'::text || replace("left"((open_id)::text, 13), '-'::text, ''::text)))::bit(48))::bigint)::numeric) / (window_ms)::numeric))))) END
;
CREATE OR REPLACE FUNCTION pitchbeat.verdict(reason text, overruled text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (reason = 'overruled'::text) THEN overruled WHEN (reason = 'person'::text) THEN 'person'::text WHEN (reason = ANY (ARRAY['owner_device'::text, 'owner_login'::text])) THEN 'owner'::text ELSE 'bot'::text END
;
CREATE OR REPLACE FUNCTION pitchbeat.verdict_reason(overruled text, owner_device boolean, owner_login boolean, ua_class text, automated boolean, prefetch boolean, too_many boolean, active_ms bigint, possible_ms bigint, input boolean, over boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (overruled IS NOT NULL) THEN 'overruled'::text WHEN owner_device THEN 'owner_device'::text WHEN owner_login THEN 'owner_login'::text WHEN (ua_class = 'preview'::text) THEN 'preview'::text WHEN (ua_class = 'crawler'::text) THEN 'crawler'::text WHEN (ua_class = 'client'::text) THEN 'client'::text WHEN (ua_class = 'empty'::text) THEN 'empty_user_agent'::text WHEN automated THEN 'automated'::text WHEN prefetch THEN 'prefetch'::text WHEN too_many THEN 'too_many_of_one_open'::text WHEN ((active_ms - possible_ms) > 10000) THEN 'impossible_time'::text WHEN ((NOT input) AND (active_ms < 3000) AND over) THEN 'no_input_gone'::text ELSE 'person'::text END
;
CREATE OR REPLACE FUNCTION pitchbeat.withheld_ms(served_at timestamp with time zone, started_at timestamp with time zone, last_received_at timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ((last_received_at - started_at) >= '00:00:01'::interval) THEN (0)::bigint ELSE GREATEST((0)::bigint, pitchbeat.before_first_ms(served_at, started_at)) END
;

-- views

create view internal.judged_opens with (security_invoker=true) as
 SELECT p.campaign_id,
    p.id,
    p.link_id,
    p.at,
    p.ua_class,
    p.referrer_host,
    p.owner_device,
    p.owner_login,
    p.prefetch,
    p.private,
    p.claimed_by,
    o.verdict AS overruled,
    r.reason,
    v.verdict
   FROM internal.opens p
     LEFT JOIN internal.overrules o ON o.campaign_id = p.campaign_id AND o.subject = 'open'::text AND o.id = p.id
     CROSS JOIN LATERAL ( SELECT pitchbeat.verdict_reason(o.verdict, p.owner_device, p.owner_login, p.ua_class, NULL::boolean, p.prefetch, NULL::boolean, NULL::bigint, NULL::bigint, NULL::boolean, NULL::boolean) AS reason
         OFFSET 0) r
     CROSS JOIN LATERAL ( SELECT pitchbeat.verdict(r.reason, o.verdict) AS verdict
         OFFSET 0) v;

create view internal.judged_sessions with (security_invoker=true) as
 SELECT s.campaign_id,
    s.id,
    s.link_id,
    s.sliding,
    s.served_at,
    s.started_at,
    s.last_received_at,
    s.last_state,
    s.automated,
    s.input,
    s.private,
    s.owner_device,
    s.owner_login,
    s.prefetch,
    s.ua_class,
    s.device,
    s.browser,
    s.os,
    s.referrer_host,
    s.utm_source,
    s.utm_medium,
    s.utm_campaign,
    s.language,
    s.active_ms,
    s.view_count,
    s.acts,
    s.forwards,
    s.externals,
    s.ctas,
    s.leads,
    s.summary_ms,
    s.case_studies_ms,
    s.contact_ms,
    c.credited_ms,
    o.verdict AS overruled,
    r.flag,
    c.over,
    r.reason,
    v.verdict,
        CASE
            WHEN v.verdict = 'person'::text AND r.flag = 'new'::text THEN 1
            ELSE 0
        END AS new_session,
        CASE
            WHEN v.verdict = 'person'::text AND r.flag <> 'new'::text THEN 1
            ELSE 0
        END AS actual_session,
        CASE
            WHEN v.verdict = 'person'::text AND r.flag = 'engaged'::text THEN 1
            ELSE 0
        END AS engaged_session,
        CASE
            WHEN v.verdict = 'person'::text THEN c.credited_ms
            ELSE 0::bigint
        END AS counted_ms,
        CASE
            WHEN v.verdict = 'person'::text THEN s.last_received_at
            ELSE NULL::timestamp with time zone
        END AS read_at
   FROM internal.sessions s
     LEFT JOIN internal.overrules o ON o.campaign_id = s.campaign_id AND o.subject = 'session'::text AND o.id = s.id
     CROSS JOIN LATERAL ( SELECT pitchbeat.credited_ms(s.active_ms, s.served_at, s.started_at, s.last_received_at, s.sliding, s.window_ms) AS credited_ms,
            pitchbeat.is_over(s.last_state, s.started_at, s.last_received_at, s.sliding, s.window_ms, now()) AS over,
            pitchbeat.withheld_ms(s.served_at, s.started_at, s.last_received_at) AS withheld_ms,
            pitchbeat.too_many_of_one_open(s.of_open, s.open_id, s.started_at, s.window_ms) AS too_many
         OFFSET 0) c
     CROSS JOIN LATERAL ( SELECT pitchbeat.flag(c.credited_ms, s.acts) AS flag,
            pitchbeat.verdict_reason(o.verdict, s.owner_device, s.owner_login, s.ua_class, s.automated, s.prefetch, c.too_many, s.active_ms, c.credited_ms + c.withheld_ms, s.input, c.over) AS reason
         OFFSET 0) r
     CROSS JOIN LATERAL ( SELECT pitchbeat.verdict(r.reason, o.verdict) AS verdict
         OFFSET 0) v;

create view internal.recounted_sessions with (security_invoker=true) as
 SELECT s.campaign_id,
    s.id,
    v.active_ms,
    v.view_count,
    v.summary_ms,
    v.case_studies_ms,
    v.contact_ms,
    e.acts,
    e.forwards,
    e.externals,
    e.ctas,
    e.leads
   FROM internal.sessions s
     CROSS JOIN LATERAL ( SELECT COALESCE(sum(o.active_ms), 0::bigint) AS active_ms,
            count(*)::integer AS view_count,
            COALESCE(sum(o.active_ms) FILTER (WHERE o.page = 'summary'::text), 0::bigint) AS summary_ms,
            COALESCE(sum(o.active_ms) FILTER (WHERE o.page = 'case_studies'::text), 0::bigint) AS case_studies_ms,
            COALESCE(sum(o.active_ms) FILTER (WHERE o.page = 'contact'::text), 0::bigint) AS contact_ms
           FROM internal.views o
          WHERE o.campaign_id = s.campaign_id AND o.session_id = s.id) v
     CROSS JOIN LATERAL ( SELECT count(*) FILTER (WHERE o.type <> 'link_open'::text)::integer AS acts,
            count(*) FILTER (WHERE o.type = 'forward_navigation'::text)::integer AS forwards,
            count(*) FILTER (WHERE o.type = 'external_link'::text)::integer AS externals,
            count(*) FILTER (WHERE o.type = 'cta_click'::text)::integer AS ctas,
            count(*) FILTER (WHERE o.type = 'lead_submit'::text)::integer AS leads
           FROM internal.events o
          WHERE o.campaign_id = s.campaign_id AND o.session_id = s.id) e;

create view campaign_events with (security_invoker=true) as
 SELECT e.campaign_id,
    e.session_id,
    e.id,
    e.type,
    e.view_id,
    v.page,
    e.label,
    e.target,
    e.at,
    e.claimed
   FROM internal.events e
     LEFT JOIN internal.views v ON v.campaign_id = e.campaign_id AND v.session_id = e.session_id AND v.id = e.view_id;

create view campaign_opens with (security_invoker=true) as
 SELECT campaign_id,
    id,
    link_id,
    at,
    ua_class,
    referrer_host,
    owner_device,
    owner_login,
    prefetch,
    private,
    claimed_by,
    overruled,
    reason,
    verdict
   FROM internal.judged_opens;

create view campaign_performance with (security_invoker=true) as
 SELECT c.id AS campaign_id,
    c.project_id,
    c.title,
    COALESCE(s.actual_sessions, 0::bigint) AS actual_sessions,
    COALESCE(s.engaged_sessions, 0::bigint) AS engaged_sessions,
    COALESCE(s.new_sessions, 0::bigint) AS new_sessions,
    pitchbeat.engagement_rate(s.engaged_sessions, s.actual_sessions) AS engagement_rate,
    COALESCE(s.total_time_ms, 0::numeric)::bigint AS total_time_ms,
    s.last_read_at
   FROM pitchbeat.campaigns c
     CROSS JOIN LATERAL ( SELECT sum(j.actual_session) AS actual_sessions,
            sum(j.engaged_session) AS engaged_sessions,
            sum(j.new_session) AS new_sessions,
            sum(j.counted_ms) AS total_time_ms,
            max(j.read_at) AS last_read_at
           FROM internal.judged_sessions j
          WHERE j.campaign_id = c.id) s
  WHERE c.deleted_at IS NULL;

create view campaign_sessions with (security_invoker=true) as
 SELECT campaign_id,
    id,
    link_id,
    sliding,
    served_at,
    started_at,
    last_received_at,
    last_state,
    automated,
    input,
    private,
    owner_device,
    owner_login,
    prefetch,
    ua_class,
    device,
    browser,
    os,
    referrer_host,
    utm_source,
    utm_medium,
    utm_campaign,
    language,
    active_ms,
    view_count,
    acts,
    forwards,
    externals,
    ctas,
    leads,
    summary_ms,
    case_studies_ms,
    contact_ms,
    credited_ms,
    overruled,
    flag,
    over,
    reason,
    verdict,
    new_session,
    actual_session,
    engaged_session,
    counted_ms,
    read_at
   FROM internal.judged_sessions;

create view campaign_views with (security_invoker=true) as
 SELECT campaign_id,
    session_id,
    id,
    page,
    active_ms,
    scroll,
    first_received_at,
    last_received_at,
    COALESCE(( SELECT jsonb_object_agg(p.part, p.active_ms ORDER BY p.part) AS jsonb_object_agg
           FROM internal.view_parts p
          WHERE p.campaign_id = v.campaign_id AND p.session_id = v.session_id AND p.view_id = v.id), '{}'::jsonb) AS parts
   FROM internal.views v;

-- grants

grant execute on function internal.ack_inbox(bigint[]) to service_role;
grant execute on function internal.add_owner(text) to service_role;
grant execute on function internal.campaigns_to_expire() to service_role;
grant execute on function internal.counted_campaigns() to service_role;
grant execute on function internal.delete_campaign(text,uuid) to service_role;
grant execute on function internal.delete_project(text,uuid) to service_role;
grant execute on function internal.delete_token(text,uuid) to service_role;
grant execute on function internal.drop_dead_letters(bigint[]) to service_role;
grant execute on function internal.end_logins(text,boolean) to service_role;
grant execute on function internal.erase_lead(text,uuid,uuid) to service_role;
grant execute on function internal.erase_owner(text) to service_role;
grant execute on function internal.erase_session(text,uuid,uuid) to service_role;
grant execute on function internal.erase_some(integer) to service_role;
grant execute on function internal.expire_rest(integer,integer) to service_role;
grant execute on function internal.expire_some(uuid,integer) to service_role;
grant execute on function internal.inbox_depth() to service_role;
grant execute on function internal.inbox_waits() to service_role;
grant execute on function internal.opt_out(text,uuid) to service_role;
grant execute on function internal.overrule(text,uuid,text,uuid,text) to service_role;
grant execute on function internal.owner_version(text) to service_role;
grant execute on function internal.owners_ever() to service_role;
grant execute on function internal.page_by_slug(text) to service_role;
grant execute on function internal.prepare_save(uuid[]) to service_role;
grant execute on function internal.publish(text,uuid,jsonb,integer,timestamp with time zone) to service_role;
grant execute on function internal.push_inbox(bytea[]) to service_role;
grant execute on function internal.put_dead_letter(text,text,text,bytea,uuid,uuid,integer) to service_role;
grant execute on function internal.redeem_invitation(bytea) to service_role;
grant execute on function internal.redeem_mine_code(bytea,text) to service_role;
grant execute on function internal.require_owner(text,integer) to service_role;
grant execute on function internal.save_batch(integer,jsonb,uuid[],uuid[],uuid[],uuid[],uuid[],uuid[],integer[],integer[],boolean[],integer[],timestamp with time zone[],timestamp with time zone[],timestamp with time zone[],text[],boolean[],boolean[],boolean[],boolean[],boolean[],boolean[],text[],text[],text[],text[],text[],text[],text[],text[],text[],text[],bigint[],integer[],integer[],integer[],integer[],integer[],integer[],bigint[],bigint[],bigint[],integer[],uuid[],text[],integer[],integer[],timestamp with time zone[],timestamp with time zone[],integer[],integer[],uuid[],text[],integer[],integer[],uuid[],text[],uuid[],text[],text[],timestamp with time zone[],boolean[],integer[],integer[],uuid[],uuid[],uuid[],integer[],timestamp with time zone[],text[],text[],boolean[],boolean[],boolean[],boolean[]) to service_role;
grant execute on function internal.save_lead(jsonb) to service_role;
grant execute on function internal.take_dead_letters(integer,bigint) to service_role;
grant execute on function internal.take_inbox(integer,integer,text) to service_role;
grant execute on function internal.token_owner(bytea) to service_role;
grant execute on function internal.verify(uuid) to service_role;
grant execute on function internal.verify_tally() to service_role;
grant execute on function pitchbeat.before_first_ms(timestamp with time zone,timestamp with time zone) to authenticated;
grant execute on function pitchbeat.before_first_ms(timestamp with time zone,timestamp with time zone) to service_role;
grant execute on function pitchbeat.credited_ms(bigint,timestamp with time zone,timestamp with time zone,timestamp with time zone,boolean,integer) to authenticated;
grant execute on function pitchbeat.credited_ms(bigint,timestamp with time zone,timestamp with time zone,timestamp with time zone,boolean,integer) to service_role;
grant execute on function pitchbeat.current_owner_id() to authenticated;
grant execute on function pitchbeat.engagement_rate(bigint,bigint) to authenticated;
grant execute on function pitchbeat.engagement_rate(bigint,bigint) to service_role;
grant execute on function pitchbeat.flag(bigint,integer) to authenticated;
grant execute on function pitchbeat.flag(bigint,integer) to service_role;
grant execute on function pitchbeat.folded(text) to authenticated;
grant execute on function pitchbeat.is_actual(bigint) to authenticated;
grant execute on function pitchbeat.is_actual(bigint) to service_role;
grant execute on function pitchbeat.is_engaged(bigint,integer) to authenticated;
grant execute on function pitchbeat.is_engaged(bigint,integer) to service_role;
grant execute on function pitchbeat.is_over(text,timestamp with time zone,timestamp with time zone,boolean,integer,timestamp with time zone) to authenticated;
grant execute on function pitchbeat.is_over(text,timestamp with time zone,timestamp with time zone,boolean,integer,timestamp with time zone) to service_role;
grant execute on function pitchbeat.shows_title(text,text) to authenticated;
grant execute on function pitchbeat.too_many_of_one_open(integer,uuid,timestamp with time zone,integer) to authenticated;
grant execute on function pitchbeat.too_many_of_one_open(integer,uuid,timestamp with time zone,integer) to service_role;
grant execute on function pitchbeat.verdict(text,text) to authenticated;
grant execute on function pitchbeat.verdict(text,text) to service_role;
grant execute on function pitchbeat.verdict_reason(text,boolean,boolean,text,boolean,boolean,boolean,bigint,bigint,boolean,boolean) to authenticated;
grant execute on function pitchbeat.verdict_reason(text,boolean,boolean,text,boolean,boolean,boolean,bigint,bigint,boolean,boolean) to service_role;
grant execute on function pitchbeat.withheld_ms(timestamp with time zone,timestamp with time zone,timestamp with time zone) to authenticated;
grant execute on function pitchbeat.withheld_ms(timestamp with time zone,timestamp with time zone,timestamp with time zone) to service_role;
grant usage on schema internal to service_role;
grant usage on schema pitchbeat to authenticated;
grant select on table campaign_events to authenticated;
grant select on table campaign_opens to authenticated;
grant select on table campaign_performance to authenticated;
grant select on table campaign_sessions to authenticated;
grant select on table campaign_views to authenticated;
grant select on table internal.events to authenticated;
grant select on table internal.judged_opens to authenticated;
grant select on table internal.judged_sessions to authenticated;
grant select on table internal.opens to authenticated;
grant select on table internal.overrules to authenticated;
grant select (campaign_id, id, link_id, sliding, served_at, started_at, last_received_at, last_state, automated, input, private, owner_device, owner_login, prefetch, ua_class, device, browser, os, referrer_host, utm_source, utm_medium, utm_campaign, language, active_ms, view_count, acts, forwards, externals, ctas, leads, summary_ms, case_studies_ms, contact_ms, window_ms, open_id, of_open) on table internal.sessions to authenticated;
grant select on table internal.view_parts to authenticated;
grant select on table internal.views to authenticated;
grant insert (id, project_id, title, language, indexable, gone_text, draft, sample), select, update (project_id, title, language, indexable, gone_text, draft, draft_version, published_at, archived_at, checklist_hidden) on table pitchbeat.campaigns to authenticated;
grant insert (hash, expires_at) on table pitchbeat.invitations to authenticated;
grant select, update (status) on table pitchbeat.leads to authenticated;
grant insert (id, campaign_id, slug, label, note, off_at, expires_at, muted, replaced_by), select, update (slug, label, note, off_at, expires_at, muted) on table pitchbeat.links to authenticated;
grant insert (hash, expires_at) on table pitchbeat.mine_codes to authenticated;
grant insert (id, name, time_zone, allowed_origins, retention_days, lead_retention_days), select, update (name, time_zone, allowed_origins, retention_days, lead_retention_days) on table pitchbeat.projects to authenticated;
grant insert (id, name, scope, hash), select (id, owner_id, name, scope, created_at, last_used_at) on table pitchbeat.tokens to authenticated;
grant insert (campaign_id, id, kind, at, draft_version, pages), select, update (at, draft_version, pages) on table pitchbeat.versions to authenticated;
