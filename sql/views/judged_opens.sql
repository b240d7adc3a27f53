-- Every open with its judgement. An open that a session claimed is that session's; the others came without script.
-- `offset 0`: once a row, as in judged_sessions.
create or replace view internal.judged_opens with (security_invoker = true) as
select
  p.campaign_id, p.id, p.link_id, p.at, p.ua_class, p.referrer_host, p.owner_device, p.owner_login, p.prefetch,
  p.private, p.claimed_by, o.verdict as overruled, r.reason, v.verdict
from internal.opens p
left join internal.overrules o on o.campaign_id = p.campaign_id and o.subject = 'open' and o.id = p.id
cross join lateral (
  select pitchbeat.verdict_reason(
    o.verdict, p.owner_device, p.owner_login, p.ua_class, null, p.prefetch, null, null, null, null, null
  ) as reason
  offset 0
) r
cross join lateral (select pitchbeat.verdict(r.reason, o.verdict) as verdict offset 0) v;
grant select on internal.judged_opens to authenticated;
