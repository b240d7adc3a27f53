-- Dead letters go with their campaign, and after 30 days.
create index dead_letters_campaign on internal.dead_letters (campaign_id);
create index dead_letters_received on internal.dead_letters (received_at);
