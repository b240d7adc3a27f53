-- Engaged ÷ Actual; without an Actual session there is no rate.
create or replace function pitchbeat.engagement_rate(engaged bigint, actual bigint) returns double precision
language sql immutable parallel safe
return engaged::double precision / nullif(actual, 0);
grant execute on function pitchbeat.engagement_rate to authenticated, service_role;
