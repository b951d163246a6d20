-- Whom a table that was taken in names as the keeper of a listing. Never published: it is asked before the public address,
-- and forgotten once somebody looks after the listing.
CREATE TABLE named_keeper (
  service_id TEXT PRIMARY KEY REFERENCES service (id) ON DELETE CASCADE,
  -- Lower-cased and trimmed.
  email TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX named_keeper_by_email ON named_keeper (email);
