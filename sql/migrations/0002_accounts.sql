-- role: login
-- The tables of the login library (better-auth 1.7), compiled from its own migration. Its column names are its own.
-- The login role owns this schema; anon, authenticated, service_role and pitchbeat_owner have no way in.

create schema if not exists accounts;
revoke all on schema accounts from public;

create table accounts."user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);

create table accounts."session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references accounts."user" ("id") on delete cascade,
  -- a hook nulls both before the library writes; this makes forgetting the hook an error instead of a leak
  constraint session_keeps_no_trace check ("ipAddress" is null and "userAgent" is null)
);

create table accounts."account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references accounts."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);

create table accounts."verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);

create index "session_userId_idx" on accounts."session" ("userId");
create index "account_userId_idx" on accounts."account" ("userId");
create index "verification_identifier_idx" on accounts."verification" ("identifier");
