-- One page that was served makes 5 sessions, and one more for each window that has passed since: more is a program that
-- uses one ticket again and again. When the page was served stands in the open's id, a UUIDv7 that the server made.
-- The epoch of a difference, because that of a moment is not immutable, and the rule could not be inlined: 13 µs a row.
create or replace function pitchbeat.too_many_of_one_open(
  of_open int, open_id uuid, started_at timestamptz, window_ms int
) returns boolean
language sql immutable parallel safe
return case when of_open <= 5 or open_id is null then false
  else of_open > 5 + greatest(0, floor(
    (extract(epoch from started_at - timestamptz 'epoch') * 1000 - ('x' || replace(left(open_id::text, 13), '-', ''))::bit(48)::bigint)
    / window_ms))
end;
grant execute on function pitchbeat.too_many_of_one_open to authenticated, service_role;
