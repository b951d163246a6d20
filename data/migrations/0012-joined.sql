-- The same thing from several sources: what is looked up to find it, what a moderator is asked, what has been joined.

-- Each listing under the keys by which its like are found (api/matching/keys.ts): telephone, page, postcode, words of its
-- name in a part of the country. Derived from the listings and brought up to date by their revision; never the truth.
CREATE TABLE match_listing (
  number INTEGER PRIMARY KEY,
  service_id TEXT NOT NULL UNIQUE REFERENCES service (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE match_key (
  -- 52 bits of a hash.
  key INTEGER NOT NULL,
  number INTEGER NOT NULL REFERENCES match_listing (number) ON DELETE CASCADE,
  PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_key_by_number ON match_key (number);
-- The last service that has been read, in the order of revision and id.
CREATE TABLE match_cursor (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  service_id TEXT NOT NULL
) STRICT;
INSERT INTO match_cursor VALUES (1, 0, '');

-- Two listings that may be one, for a moderator; 'different' is remembered, so that it is not asked again.
CREATE TABLE match_pair (
  -- The lesser id first.
  one_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  score REAL NOT NULL,
  -- What api/matching/compare.ts calls Reason, a list.
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  found_at TEXT NOT NULL,
  decision TEXT CHECK (decision IN ('same', 'different')),
  decided_at TEXT,
  PRIMARY KEY (one_id, other_id),
  CHECK (one_id < other_id),
  CHECK ((decision IS NULL) = (decided_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX match_pair_by_score ON match_pair (score DESC) WHERE decision IS NULL;
CREATE INDEX match_pair_by_other ON match_pair (other_id);

-- A listing that was joined into another. It stays in its table, archived, and goes on taking in what its source says;
-- the public is led to the other.
CREATE TABLE joined (
  number INTEGER PRIMARY KEY,
  from_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  into_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  -- The role of who joined them.
  by TEXT NOT NULL,
  reason TEXT,
  -- Where each field of the joined listing comes from: what api/matching/provenance.ts calls Provenance, by field.
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  -- Both as they were, for taking them apart.
  from_state TEXT NOT NULL,
  into_before TEXT NOT NULL CHECK (json_valid(into_before)),
  undone_at TEXT,
  CHECK (from_id <> into_id)
) STRICT;
CREATE UNIQUE INDEX joined_once ON joined (from_id) WHERE undone_at IS NULL;
CREATE INDEX joined_by_into ON joined (into_id);

-- A spreadsheet names the organization of a listing by its name.
CREATE INDEX organization_by_written_name ON organization (name COLLATE NOCASE);
