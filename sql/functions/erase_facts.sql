-- Everything recorded of some campaigns. Called by what deletes campaigns, which holds the erasure lock; afterwards
-- saves know these campaigns no more.
create or replace function internal.erase_facts(campaigns uuid[]) returns void
language sql volatile
begin atomic
  delete from internal.view_parts p where p.campaign_id = any (campaigns);
  delete from internal.views v where v.campaign_id = any (campaigns);
  delete from internal.events e where e.campaign_id = any (campaigns);
  delete from internal.sessions s where s.campaign_id = any (campaigns);
  delete from internal.opens o where o.campaign_id = any (campaigns);
  delete from internal.overrules o where o.campaign_id = any (campaigns);
  delete from internal.erased e where e.campaign_id = any (campaigns);
  delete from internal.dead_letters d where d.campaign_id = any (campaigns);
  delete from pitchbeat.versions v where v.campaign_id = any (campaigns);
  delete from pitchbeat.leads l where l.campaign_id = any (campaigns);
end;
revoke execute on function internal.erase_facts from public;
