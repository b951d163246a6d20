-- Who moderates beside those whom the setting MODERATORS names: these are owners by it, and need no row here.
CREATE TABLE moderator (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'moderator', 'reader')),
  since TEXT NOT NULL
) STRICT;

-- How often a moderator is told what has arrived; who has no row is told daily.
CREATE TABLE moderator_mail (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  rhythm TEXT NOT NULL CHECK (rhythm IN ('at_once', 'daily', 'weekly')),
  -- Until when they have been told, ISO 8601, UTC.
  told_at TEXT NOT NULL
) STRICT;

-- What people did that is no change of a record, and so stands in no history.
CREATE TABLE deed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  -- The last line of the history before it, so that both are told in one order.
  after_seq INTEGER NOT NULL,
  person INTEGER NOT NULL,
  what TEXT NOT NULL,
  -- The number of the person that it was done to, where it was done to one.
  whom INTEGER,
  -- In words; never an address.
  words TEXT
) STRICT;
