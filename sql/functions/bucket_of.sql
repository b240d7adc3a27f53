-- The bucket of a campaign in internal.save_locks: the last bits of its id, which are random in every version of UUID.
create or replace function internal.bucket_of(campaign_id uuid) returns smallint
language sql immutable
return (get_byte(uuid_send(campaign_id), 15) & 63)::smallint;
revoke execute on function internal.bucket_of from public;
