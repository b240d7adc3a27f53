-- What readers see from now on. `published` is {pages, html}, with the HTML that the service rendered from them.
-- It is kept as a version, for good. False where the owner has no such campaign, or its draft has another version by now.
create or replace function internal.publish(
  owner_id text, campaign_id uuid, published jsonb, draft_version int default null, published_at timestamptz default now()
) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
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
end $$;
revoke execute on function internal.publish from public;
grant execute on function internal.publish to service_role;
