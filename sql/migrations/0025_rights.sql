-- role: login
-- The login library's tables belong to the login role, which passes over these; for everybody else they have no rows,
-- even where a grant is once made by mistake.
alter table accounts."user" enable row level security;
alter table accounts."session" enable row level security;
alter table accounts."account" enable row level security;
alter table accounts."verification" enable row level security;
set local role pitchbeat_owner;

-- What readers see is HTML that we rendered; internal.publish alone writes it.
revoke insert (published, published_at), update (published) on pitchbeat.campaigns from authenticated;

-- A right to delete is one to lock the whole table, and with it everybody else's rows. Deleting goes through functions.
revoke delete on pitchbeat.projects, pitchbeat.leads, pitchbeat.tokens, pitchbeat.versions from authenticated;

-- The last 50 drafts of a campaign are kept.
create function pitchbeat.drop_old_drafts() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from pitchbeat.versions v
  where v.campaign_id = new.campaign_id and v.id = any (array(
    select d.id from pitchbeat.versions d where d.campaign_id = new.campaign_id and d.kind = 'draft'
    order by d.at desc, d.id desc offset 50));
  return null;
end $$;
revoke execute on function pitchbeat.drop_old_drafts() from public;
create trigger old_drafts after insert on pitchbeat.versions
  for each row when (new.kind = 'draft') execute function pitchbeat.drop_old_drafts();
-- A publication is kept by internal.publish; nobody writes one of their own.
create policy publications_are_not_written on pitchbeat.versions as restrictive for insert to authenticated
  with check (kind = 'draft');

-- No row is nobody's. (Rows of older versions are not asked.)
alter table pitchbeat.projects add check (owner_id <> '') not valid;
alter table pitchbeat.campaigns add check (owner_id <> '') not valid;
alter table pitchbeat.tokens add check (owner_id <> '') not valid;
alter table pitchbeat.mine_codes add check (owner_id <> '') not valid;

-- `pb_out` and `pb_mine` are cookies of ours, and the cookie of a link is named after its slug.
update pitchbeat.links set slug = slug || '-' || left(replace(id::text, '-', ''), 12) where slug in ('out', 'mine');
alter table pitchbeat.links add constraint links_slug_reserved check (slug not in ('out', 'mine'));
