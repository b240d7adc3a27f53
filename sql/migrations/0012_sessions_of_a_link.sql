-- The figures of one page of links, out of 5 000 links and 200 000 sessions.
create index sessions_of_a_link on internal.sessions (campaign_id, link_id, started_at);
