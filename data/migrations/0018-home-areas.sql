-- Where a feed is at home: JSON with its name, the codes of its districts, and whether that was guessed from postcodes.
-- Null where nobody knows.

ALTER TABLE feed ADD COLUMN home TEXT CHECK (home IS NULL OR json_valid(home));
