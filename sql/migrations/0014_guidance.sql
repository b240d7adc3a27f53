-- The list of first steps was put away by the owner; the campaign was made to be looked at, and nobody real reads it.
alter table pitchbeat.campaigns
  add column checklist_hidden boolean not null default false,
  add column sample boolean not null default false;
grant insert (sample), update (checklist_hidden) on pitchbeat.campaigns to authenticated;
