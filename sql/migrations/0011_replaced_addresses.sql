-- An address that was replaced goes on answering: it stays as a row of its own, which says whose address it was.
-- The key takes the campaign along, so that no address can lead into another campaign.
create unique index links_in_campaign on pitchbeat.links (campaign_id, id);
alter table pitchbeat.links
  add column replaced_by uuid,
  add foreign key (campaign_id, replaced_by) references pitchbeat.links (campaign_id, id) on delete cascade;
create index links_replaced on pitchbeat.links (campaign_id, replaced_by) where replaced_by is not null;
drop index pitchbeat.links_campaign;
grant insert (replaced_by), update (slug) on pitchbeat.links to authenticated;
