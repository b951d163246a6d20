-- Where a feed is at home: JSON with its name, the codes of its districts, and whether that was guessed from postcodes.
-- Null where nobody knows.

ALTER TABLE feed ADD COLUMN home TEXT CHECK (home IS NULL OR json_valid(home));

-- For the reason why a listing is there that does not say where people must live: whom to ask. Empty where it says.

ALTER TABLE result ADD COLUMN unclear TEXT NOT NULL DEFAULT '';
