-- Who is signed in to moderate. Only the hash of what the cookie holds is here, so that a copy of the file opens nothing.
CREATE TABLE moderator_session (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  person INTEGER NOT NULL,
  -- 'Firefox on Windows': enough to tell one's own sessions apart.
  browser TEXT NOT NULL,
  began TEXT NOT NULL,
  seen TEXT NOT NULL
) STRICT;
CREATE INDEX moderator_session_by_person ON moderator_session (person);

-- What the public says is wrong with a listing. Who wants an answer leaves an address, kept as a person until it is sent.
CREATE TABLE report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('closed', 'wrong', 'unsafe')),
  words TEXT NOT NULL,
  person INTEGER,
  at TEXT NOT NULL,
  -- Whether this report took the listing out until somebody has looked.
  suspended INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
  version INTEGER NOT NULL DEFAULT 1,
  decided_by INTEGER,
  decided_at TEXT,
  outcome TEXT CHECK (outcome IN ('mended', 'nothing_wrong', 'taken_out')),
  note TEXT
) STRICT;
CREATE INDEX report_by_state ON report (state, at);
CREATE INDEX report_by_service ON report (service_id);

-- What was changed in many listings at once, so that it can be undone as one: the last line of the history before it, and
-- what each listing was.
CREATE TABLE bulk_edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  person INTEGER NOT NULL,
  words TEXT NOT NULL,
  -- A list of { id, before, after }: whole services as they were and as they became.
  services TEXT NOT NULL CHECK (json_valid(services)),
  undone_at TEXT
) STRICT;

-- Searches that found nothing near, counted by quarter. Neither place nor words of one search stand together here: each
-- row is a count of its own, of an outcode, or of a category, a kind or a word of the vocabulary within an outcode.
CREATE TABLE unmet (
  -- '2026-Q4'
  quarter TEXT NOT NULL,
  -- '' where a larger place was searched from.
  outcode TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('any', 'category', 'kind', 'word')),
  value TEXT NOT NULL,
  searches INTEGER NOT NULL,
  PRIMARY KEY (quarter, outcode, what, value)
) STRICT, WITHOUT ROWID;

-- What moderators search is in these indexes alone, so that a look through 200,000 names reads no document.
CREATE INDEX service_by_name ON service (name COLLATE NOCASE, state, organization_id, assured_date, last_modified);
CREATE INDEX organization_by_name ON organization (name);
CREATE INDEX location_by_name ON location (name);
