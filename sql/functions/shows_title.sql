-- Whether an address tells its reader a word of the campaign's title, which only the owner should see.
-- Of a long word the first 24 letters are enough: addresses used to be cut there.
create or replace function pitchbeat.shows_title(slug text, title text) returns boolean
language sql immutable parallel safe
return exists (
  select from regexp_split_to_table(pitchbeat.folded(title), '[^a-z0-9]+') word
  where (length(word) >= 3 and word = any (string_to_array(slug, '-')))
    or (length(word) >= 5 and strpos(slug, left(word, 24)) > 0)
);
grant execute on function pitchbeat.shows_title to authenticated;
