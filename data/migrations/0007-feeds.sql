-- Where listings of other people's directories come from, and what each harvest did.

CREATE TABLE feed (
  -- Made from the name once, and part of the ids that are derived: it never changes.
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Null for what is only ever imported from a file.
  url TEXT UNIQUE,
  licence TEXT,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'by_hand')),
  every_hours INTEGER NOT NULL CHECK (every_hours BETWEEN 1 AND 720),
  created_at TEXT NOT NULL,
  -- The first moment at which the server asks again; later after failures.
  next_at TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  -- Complete runs so far: what was last seen three of them ago is unconfirmed.
  runs INTEGER NOT NULL DEFAULT 0,
  -- What the feed was seen to honour (conditional requests, modified_after), and where a stopped run goes on: JSON.
  habits TEXT NOT NULL DEFAULT '{}',
  progress TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE harvest (
  id INTEGER PRIMARY KEY,
  feed TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('running', 'complete', 'incomplete', 'stopped', 'failed')),
  words TEXT,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  repaired INTEGER NOT NULL DEFAULT 0,
  unconfirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX harvest_by_feed ON harvest (feed, id);

-- One line of a harvest's report. `about` is a record as its source calls it, or a page of the feed.
CREATE TABLE harvest_note (
  harvest INTEGER NOT NULL REFERENCES harvest (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'refused', 'repaired', 'feed')),
  about TEXT NOT NULL,
  name TEXT,
  field TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (harvest, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE imported (
  service_id TEXT PRIMARY KEY REFERENCES service (id) ON DELETE CASCADE,
  feed TEXT NOT NULL REFERENCES feed (id),
  -- As the source calls it; not the service's own id where two sources use the same, or where it was no uuid.
  record_id TEXT NOT NULL,
  licence TEXT,
  -- When it last came and differed from what had come before.
  at TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- The record in the form of Open Referral UK 3.0 after repairs, with all that Signpost has no field for; null where
  -- the source had another form.
  record TEXT CHECK (record IS NULL OR json_valid(record)),
  -- What was written for it, service, organization and locations, as deflated JSON: what differs today was changed here.
  listing BLOB NOT NULL,
  -- Hashes of the organization and the locations as this record brought them, by id.
  shared TEXT NOT NULL,
  -- The complete run in which it was last there.
  seen INTEGER NOT NULL,
  -- 1 once it was marked unconfirmed because it was gone.
  gone INTEGER NOT NULL DEFAULT 0,
  UNIQUE (feed, record_id)
) STRICT;
