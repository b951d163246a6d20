-- Who looks after a listing, the keys they are sent, and the mail that carries them. What is kept of a person, why and how
-- long: docs/personal-data.md.

-- Somebody who has written to the directory. The number stands in the history, the address stands here alone, so that
-- erasing it leaves the history whole and without the person. AUTOINCREMENT: a number is never given twice.
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Lower-cased and trimmed; NULL once erased.
  email TEXT UNIQUE,
  since TEXT NOT NULL
) STRICT;

-- Who may say that a listing is still right, and change it.
CREATE TABLE keeper (
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES person (id),
  since TEXT NOT NULL,
  PRIMARY KEY (service_id, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX keeper_by_person ON keeper (person);

-- Keys to one thing each. The key itself is in the mail alone: here is its SHA-256.
CREATE TABLE token (
  hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  -- What it opens: the id of a listing, of a submission, of a change; never an address.
  subject TEXT NOT NULL,
  person INTEGER REFERENCES person (id),
  once INTEGER NOT NULL,
  issued_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_subject ON token (purpose, subject);
CREATE INDEX token_by_person ON token (person, issued_at);
CREATE INDEX token_by_expiry ON token (expires_at);

-- Mail on its way. A row is written in the transaction of what it tells of, and sent once that is committed.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What it is about and for whom, without an address: the same key never goes out twice.
  key TEXT NOT NULL UNIQUE,
  -- NULL once forgotten.
  recipient TEXT,
  -- A file of data/messages/mail, without .txt.
  template TEXT NOT NULL,
  -- What stands in its gaps; NULL once sent, since links in it hold keys.
  given TEXT CHECK (given IS NULL OR json_valid(given)),
  -- The same at every attempt, so that a mail that comes twice is seen to be one.
  message_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  queued_at TEXT NOT NULL,
  -- When it is tried next; while it is being sent, when whoever sends it counts as gone.
  next_at TEXT NOT NULL,
  ended_at TEXT,
  -- Why the last attempt did not work.
  trouble TEXT,
  CHECK (state NOT IN ('waiting', 'sending') OR (recipient IS NOT NULL AND given IS NOT NULL))
) STRICT;
CREATE INDEX mail_to_go ON mail (next_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX mail_by_recipient ON mail (recipient) WHERE recipient IS NOT NULL;

-- Which reminder of a listing was due on which day. `checked` is the oldest checked date that it counts from, so that a
-- listing that is confirmed begins anew, and one whose confirmation is undone goes on where it was.
CREATE TABLE reminder (
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  checked TEXT NOT NULL,
  step TEXT NOT NULL,
  -- 'YYYY-MM-DD' in Europe/London.
  day TEXT NOT NULL,
  PRIMARY KEY (service_id, checked, step)
) STRICT, WITHOUT ROWID;

-- What a pass of the upkeep looks for, without reading the whole directory each hour.
CREATE INDEX service_for_review ON service (state, assured_date);
CREATE INDEX service_by_until ON service (document ->> '$.availability.until')
  WHERE document ->> '$.availability.until' IS NOT NULL;
CREATE INDEX service_event ON service (id) WHERE kind = 'event';
