-- Deletes a campaign: from the commit on nobody sees anything of it and nothing is recorded of it; erase_some removes what
-- was recorded, a little at a time. What stays is an empty row with its slugs and `gone_text`, so that its links answer
-- "gone". False where the owner has no such campaign.
create or replace function internal.delete_campaign(owner_id text, id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
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
end $$;
revoke execute on function internal.delete_campaign from public;
grant execute on function internal.delete_campaign to service_role;
