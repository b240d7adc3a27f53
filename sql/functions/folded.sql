-- A text as it is searched and sorted: without capitals and accents.
create or replace function pitchbeat.folded(words text) returns text
language sql immutable parallel safe
return lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'));
grant execute on function pitchbeat.folded to authenticated;
