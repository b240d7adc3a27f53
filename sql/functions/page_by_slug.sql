-- What the public pages need to know of a slug. No row: unknown. A replaced address (`was`) leads to the link that it was of.
create or replace function internal.page_by_slug(slug text)
returns table (
  campaign_id uuid, link_id uuid, owner_id text, title text, language text, indexable boolean, gone_text text,
  published jsonb, allowed_origins text[], retention_days int, lead_retention_days int, state text
)
language sql stable security definer set search_path = ''
begin atomic
  select
    c.id, l.id, c.owner_id, c.title, c.language, c.indexable, c.gone_text, c.published,
    coalesce(p.allowed_origins, '{}'), coalesce(p.retention_days, 760),
    coalesce(p.lead_retention_days, 760),
    case
      when c.deleted_at is not null then 'gone'
      when was.off_at <= now() or l.off_at <= now() or l.expires_at <= now() then 'off'
      when c.published is null then 'draft'
      else 'live'
    end
  from pitchbeat.links was
  join pitchbeat.links l on l.id = coalesce(was.replaced_by, was.id)
  join pitchbeat.campaigns c on c.id = l.campaign_id
  left join pitchbeat.projects p on p.id = c.project_id
  where was.slug = page_by_slug.slug;
end;
revoke execute on function internal.page_by_slug from public;
grant execute on function internal.page_by_slug to service_role;
