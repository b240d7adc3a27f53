-- Browsers were named by whatever their user agent began with; the names in use are letters, spaces and hyphens.
update internal.sessions set browser = 'other' where browser ~ '[^A-Za-z -]';
update internal.sessions set os = 'other' where os ~ '[^A-Za-z0-9 -]';
