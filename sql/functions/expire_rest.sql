-- Removes spent codes and dead letters older than 30 days, up to `max` of each, and tallies them with the `logins` that
-- the caller removed. A dead letter becomes a dropped one in the tally, so that the sum stays right.
create or replace function internal.expire_rest(max int, logins int) returns table (codes int, dead_letters int)
language plpgsql volatile security definer set search_path = ''
as $$
declare
  items bigint;
  invitations int;
begin
  delete from pitchbeat.mine_codes m where m.hash = any (array(
    select k.hash from pitchbeat.mine_codes k where k.expires_at <= now() or k.used_at is not null limit max));
  get diagnostics codes = row_count;
  delete from pitchbeat.invitations i where i.hash = any (array(
    select k.hash from pitchbeat.invitations k where k.expires_at <= now() limit max));
  get diagnostics invitations = row_count;
  codes := codes + invitations;
  with gone as (
    delete from internal.dead_letters d where d.id = any (array(
      select k.id from internal.dead_letters k where k.received_at < now() - interval '30 days' limit max))
    returning d.items
  )
  select count(*), coalesce(sum(g.items), 0) into dead_letters, items from gone g;
  perform internal.add_tally(jsonb_build_object('expired:code', codes, 'expired:login', logins,
    'expired:dead_letter', dead_letters, 'dead', -items, 'dropped:expired', items));
  return next;
end $$;
revoke execute on function internal.expire_rest from public;
grant execute on function internal.expire_rest to service_role;
