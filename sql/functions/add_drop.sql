-- Adds `n` left-out items to what a save says of its drops.
create or replace function internal.add_drop(drops jsonb, reason text, n bigint) returns jsonb
language sql immutable
return case
  when coalesce(n, 0) = 0 then drops
  else drops || jsonb_build_object(reason, n + coalesce((drops ->> reason)::bigint, 0))
end;
revoke execute on function internal.add_drop from public;
