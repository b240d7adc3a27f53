-- Sessions that became private in their course kept the hash of before.
update internal.sessions set ua_hash = null where private and ua_hash is not null;
