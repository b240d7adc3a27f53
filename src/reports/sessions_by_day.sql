-- Every day of the range in the project's zone, empty ones too. An open range begins with the first session and ends
-- today; at most ten years of days are answered.
-- $1 campaign · $2 since · $3 before · $4 link · $5 time zone · $6 first day · $7 last day
with by_day as (
  select
    (s.started_at at time zone $5)::date as day,
    sum(s.new_session) as new, sum(s.actual_session) as actual, sum(s.engaged_session) as engaged,
    sum(s.counted_ms)::bigint as total_time_ms
  from public.campaign_sessions s
  where s.campaign_id = $1
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
    and ($4::uuid is null or s.link_id = $4)
  group by 1
), ends as (
  select
    coalesce($6::date, (select min(day) from by_day), $7::date, today) as first_day,
    coalesce($7::date, greatest(today, (select max(day) from by_day))) as last_day
  from (select (now() at time zone $5)::date as today) t
)
select
  d.day,
  coalesce(b.new, 0)::bigint as new, coalesce(b.actual, 0)::bigint as actual,
  coalesce(b.engaged, 0)::bigint as engaged, coalesce(b.total_time_ms, 0)::bigint as total_time_ms
from ends
cross join lateral (
  select ends.first_day + n as day
  from generate_series(0, least(ends.last_day - ends.first_day, 3659)) n
) d
left join by_day b on b.day = d.day
order by d.day
