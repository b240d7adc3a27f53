-- Functions are closed until a grant opens them. (The form with "in schema" would do nothing.)
alter default privileges revoke execute on functions from public;

create table internal.migrations (
  name text primary key,
  applied_at timestamptz not null default now()
);

-- The rules, functions and views of this database, as `schema.name`, with the hash of the file that made each.
create table internal.definitions (
  name text primary key,
  kind text not null check (kind in ('function', 'view')),
  hash text not null
);
