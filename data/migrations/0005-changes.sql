-- What has changed, when, by which role and why. Nothing here can be altered or taken away: the database itself refuses.

CREATE TABLE history (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  record TEXT NOT NULL CHECK (record IN ('service', 'organization', 'location')),
  record_id TEXT NOT NULL,
  action TEXT NOT NULL,
  role TEXT NOT NULL,
  -- The number of a person, never an address: who has been erased leaves a number that leads nowhere.
  person INTEGER,
  reason TEXT,
  -- The record as it was before the change; both are null where it was new. What it became is the next entry's `before`,
  -- or the record as it stands. So a directory taken in whole does not lie here a second time.
  state TEXT,
  before TEXT CHECK (before IS NULL OR json_valid(before))
) STRICT;
CREATE INDEX history_by_record ON history (record_id, seq);

CREATE TRIGGER history_is_never_altered BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TRIGGER history_is_never_taken_away BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

-- Every transaction that changes listings takes the next number and leaves it on each service that it touched, so that
-- whoever holds a copy (the search index of a running server) can ask for what is newer than what it has seen.
CREATE TABLE revision (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  value INTEGER NOT NULL
) STRICT;
INSERT INTO revision VALUES (1, 1);
ALTER TABLE service ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
CREATE INDEX service_by_revision ON service (revision);

-- Services that are no longer there at all: those that came with the program and were dropped.
CREATE TABLE withdrawn (
  service_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX withdrawn_by_revision ON withdrawn (revision);
CREATE TRIGGER service_is_remembered AFTER DELETE ON service
BEGIN
  UPDATE revision SET value = value + 1;
  INSERT OR REPLACE INTO withdrawn SELECT OLD.id, value, strftime('%Y-%m-%dT%H:%M:%fZ') FROM revision;
END;
