-- First statement of a save: keeps erasures away, and answers until when each link may receive.
-- Links that do not exist, or whose campaign was deleted, have no row.
create or replace function internal.prepare_save(link_ids uuid[])
returns table (link_id uuid, campaign_id uuid, ends_at timestamptz)
language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform internal.lock_for_saving(array(select l.campaign_id from pitchbeat.links l where l.id = any (link_ids)));
  return query
    select l.id, l.campaign_id, least(l.off_at, l.expires_at)
    from pitchbeat.links l
    join pitchbeat.campaigns c on c.id = l.campaign_id
    where l.id = any (link_ids) and c.deleted_at is null;
end $$;
revoke execute on function internal.prepare_save from public;
grant execute on function internal.prepare_save to service_role;
