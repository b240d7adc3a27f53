-- Messages have days of their own: an owner may want to know longer who wrote than who read.
alter table pitchbeat.projects
  add column lead_retention_days int not null default 760 check (lead_retention_days between 1 and 3650);
grant insert (lead_retention_days), update (lead_retention_days) on pitchbeat.projects to authenticated;
-- it answers these days too, and a function cannot get another column in place
drop function if exists internal.page_by_slug(text);
