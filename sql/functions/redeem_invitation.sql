-- Whether this code invites somebody; it serves once.
create or replace function internal.redeem_invitation(hash bytea) returns boolean
language sql volatile security definer set search_path = ''
begin atomic
  with gone as (
    delete from pitchbeat.invitations i where i.hash = redeem_invitation.hash returning i.expires_at
  )
  select exists (select from gone g where g.expires_at > now());
end;
revoke execute on function internal.redeem_invitation from public;
grant execute on function internal.redeem_invitation to service_role;
