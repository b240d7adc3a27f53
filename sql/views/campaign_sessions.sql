create or replace view public.campaign_sessions with (security_invoker = true) as
select * from internal.judged_sessions;
grant select on public.campaign_sessions to authenticated;
