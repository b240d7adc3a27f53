-- Every session with its judgement. `new_session`, `actual_session`, `engaged_session` (0 or 1), `counted_ms` and
-- `read_at` are what it adds to the figures: nothing unless its verdict is person. Every report sums these.
create or replace view internal.judged_sessions with (security_invoker = true) as
select
  j.*,
  case when j.verdict = 'person' and j.flag = 'new' then 1 else 0 end as new_session,
  case when j.verdict = 'person' and j.flag <> 'new' then 1 else 0 end as actual_session,
  case when j.verdict = 'person' and j.flag = 'engaged' then 1 else 0 end as engaged_session,
  case when j.verdict = 'person' then j.credited_ms else 0 end as counted_ms,
  case when j.verdict = 'person' then j.last_received_at end as read_at
from (
  select r.*, pitchbeat.verdict(r.reason, r.overruled) as verdict
  from (
    select
      c.*,
      pitchbeat.flag(c.credited_ms, c.acts) as flag,
      pitchbeat.is_over(c.last_state, c.started_at, c.last_received_at, c.sliding, now()) as over,
      pitchbeat.verdict_reason(
        c.overruled, c.owner_device, c.owner_login, c.ua_class, c.automated, c.prefetch, c.active_ms,
        c.credited_ms, c.input,
        pitchbeat.is_over(c.last_state, c.started_at, c.last_received_at, c.sliding, now())
      ) as reason
    from (
      select
        s.campaign_id, s.id, s.link_id, s.sliding, s.served_at, s.started_at, s.last_received_at, s.last_state,
        s.automated, s.input, s.private, s.owner_device, s.owner_login, s.prefetch, s.ua_class, s.device,
        s.browser, s.os, s.referrer_host, s.utm_source, s.utm_medium, s.utm_campaign, s.language, s.active_ms, s.view_count,
        s.acts, s.forwards, s.externals, s.ctas, s.leads, s.summary_ms, s.case_studies_ms, s.contact_ms,
        pitchbeat.credited_ms(s.active_ms, s.served_at, s.started_at, s.last_received_at, s.sliding)
          as credited_ms,
        o.verdict as overruled
      from internal.sessions s
      left join internal.overrules o
        on o.campaign_id = s.campaign_id and o.subject = 'session' and o.id = s.id
    ) c
  ) r
) j;
grant select on internal.judged_sessions to authenticated;
