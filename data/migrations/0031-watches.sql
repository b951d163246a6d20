-- Who is told by mail when some listings change. It holds an address, which listings, and what each said when the address was
-- last told: nothing of who that is, where they are, or what they searched for.
CREATE TABLE watch (
  -- AUTOINCREMENT: keys in old mails name a number, which must never be somebody else's.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Lower-cased and trimmed.
  email TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  -- Only then is anything sent but the mail that asks; what is not confirmed within a day goes.
  confirmed INTEGER NOT NULL DEFAULT 0,
  -- 'YYYY-MM-DD' in Europe/London: the last day on which it was looked whether there is something to tell.
  looked TEXT
) STRICT;
CREATE UNIQUE INDEX watch_of_address ON watch (email) WHERE confirmed = 1;
CREATE INDEX watch_by_address ON watch (email);

CREATE TABLE watched (
  watch INTEGER NOT NULL REFERENCES watch (id) ON DELETE CASCADE,
  service_id TEXT NOT NULL,
  -- What was public of it when they were last told; NULL until they have confirmed.
  shown TEXT CHECK (shown IS NULL OR json_valid(shown)),
  -- 'YYYY-MM-DD': since when it is no longer listed; NULL while it is.
  gone TEXT,
  PRIMARY KEY (watch, service_id)
) STRICT, WITHOUT ROWID;
