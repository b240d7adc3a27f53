create or replace view public.campaign_opens with (security_invoker = true) as
select * from internal.judged_opens;
grant select on public.campaign_opens to authenticated;
