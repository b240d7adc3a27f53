-- A worker killed between keeping a dead letter and its acknowledgement meets the same entry again: one letter is enough.
-- Letters that were kept twice so far are taken for the repetitions they are, in the tally too.
with gone as (
  delete from internal.dead_letters d
  using internal.dead_letters first
  where sha256(first.payload) = sha256(d.payload) and first.id < d.id
  returning d.id, d.items
), moved as (
  select coalesce(sum(g.items), 0) as n from gone g
)
insert into internal.tally as t (day, worker, outcome, n)
select (now() at time zone 'UTC')::date, 0, o.outcome, o.sign * m.n
from moved m, (values ('dead', -1), ('duplicate', 1)) o (outcome, sign)
where m.n > 0
on conflict (day, worker, outcome) do update set n = t.n + excluded.n;

create unique index dead_letters_payload_key on internal.dead_letters (sha256(payload));
