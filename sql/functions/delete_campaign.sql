-- Deletes a campaign and all that was recorded of it. What stays is an empty row with its slugs and `gone_text`, so
-- that its links answer "gone". False where the owner has no such campaign.
create or replace function internal.delete_campaign(owner_id text, id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(7305, 1);
  update pitchbeat.campaigns c
  set deleted_at = now(), project_id = null, title = 'deleted', draft = '{}', published = null, published_at = null
  where c.id = delete_campaign.id and c.owner_id = delete_campaign.owner_id and c.deleted_at is null;
  if not found then
    return false;
  end if;
  perform internal.erase_facts(array[delete_campaign.id]);
  update pitchbeat.links l set label = '', note = '' where l.campaign_id = delete_campaign.id;
  return true;
end $$;
revoke execute on function internal.delete_campaign from public;
grant execute on function internal.delete_campaign to service_role;
