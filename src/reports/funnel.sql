-- How far persons came. From the second step on every step counts Actual sessions, so that none is larger than
-- "actual" and "acted" is the number of Engaged ones. A page was reached when it had active time.
-- $1 campaign · $2 since · $3 before · $4 link
with steps as (
  select
    count(*) as opened,
    count(*) filter (where s.actual_session = 1) as actual,
    count(*) filter (where s.actual_session = 1 and s.case_studies_ms > 0) as case_studies,
    count(*) filter (where s.actual_session = 1 and s.contact_ms > 0) as contact,
    count(*) filter (where s.engaged_session = 1) as acted,
    count(*) filter (where s.actual_session = 1 and s.leads > 0) as lead
  from public.campaign_sessions s
  where s.campaign_id = $1
    and s.verdict = 'person'
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
    and ($4::uuid is null or s.link_id = $4)
)
select step, sessions
from steps
cross join lateral (values
  (1, 'opened', opened), (2, 'actual', actual), (3, 'case_studies', case_studies), (4, 'contact', contact),
  (5, 'acted', acted), (6, 'lead', lead)
) list (place, step, sessions)
order by place
