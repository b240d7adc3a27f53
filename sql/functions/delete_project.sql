-- Deletes a project that has no campaigns any more. Answers deleted, has_campaigns or unknown.
create or replace function internal.delete_project(owner_id text, id uuid) returns text
language plpgsql volatile security definer set search_path = ''
as $$
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
end $$;
revoke execute on function internal.delete_project from public;
grant execute on function internal.delete_project to service_role;
