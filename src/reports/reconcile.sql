-- Everything that came, and what it counts as: total = actual + new + bot + unscripted + owner. A session's own open
-- is counted with the session; an open that no session claimed stands for itself.
-- $1 campaign · $2 since · $3 before · $4 link
with came as (
  select s.verdict, s.reason, s.private, s.actual_session, s.new_session, 1 as session, 0 as open
  from public.campaign_sessions s
  where s.campaign_id = $1
    and ($2::timestamptz is null or s.started_at >= $2)
    and ($3::timestamptz is null or s.started_at < $3)
    and ($4::uuid is null or s.link_id = $4)
  union all
  select o.verdict, o.reason, o.private, 0, 0, 0, 1
  from public.campaign_opens o
  where o.campaign_id = $1
    and o.claimed_by is null
    and ($2::timestamptz is null or o.at >= $2)
    and ($3::timestamptz is null or o.at < $3)
    and ($4::uuid is null or o.link_id = $4)
)
select
  count(*) as total,
  coalesce(sum(actual_session), 0)::bigint as actual,
  coalesce(sum(new_session), 0)::bigint as new,
  count(*) filter (where verdict = 'bot') as bot,
  count(*) filter (where verdict = 'person' and open = 1) as unscripted,
  count(*) filter (where verdict = 'owner') as owner,
  count(*) filter (where private) as private,
  (
    select coalesce(jsonb_agg(to_jsonb(r) order by r.sessions + r.opens desc, r.reason), '[]')
    from (select reason, sum(session) as sessions, sum(open) as opens from came group by reason) r
  ) as reasons
from came
