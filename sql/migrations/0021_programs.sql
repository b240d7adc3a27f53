-- Which programs fit this database, by their generation (sql/generation.json); one row.
create table internal.programs (
  single boolean primary key default true check (single),
  -- of the program whose rules, functions and views stand here
  present int not null,
  -- of the oldest program that may run here
  oldest int not null
);
alter table internal.programs enable row level security, force row level security;
create policy system on internal.programs to pitchbeat_owner using (true) with check (true);
insert into internal.programs (present, oldest) values (0, 0);

-- Definitions are never replaced by older ones: who replaces them says which generation it is, and programs of before
-- generations say none.
create function internal.guard_definitions() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  present constant int := (select p.present from internal.programs p);
begin
  if coalesce(nullif(current_setting('pitchbeat.generation', true), ''), '0')::int < present then
    raise exception 'This database has the rules of a newer Pitchbeat (generation %), and this program may not replace them. Start the newer program.', present;
  end if;
  return null;
end $$;
revoke execute on function internal.guard_definitions from public;
create trigger guard_definitions before delete on internal.definitions
for each statement execute function internal.guard_definitions();
