-- The search index as it was last kept, so that a start need not read every word again. It is derived: what is damaged, or
-- was written by another program, is left aside and made anew from the listings.

CREATE TABLE search_index (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- What program, words and machine it is of.
  edition TEXT NOT NULL,
  -- The last change (table revision) that is in it.
  revision INTEGER NOT NULL,
  -- What it consists of: owners of parts, the names, lengths and checksums of these, and the listings that had died.
  contents TEXT NOT NULL CHECK (json_valid(contents))
) STRICT;

-- Bytes of it, a quarter of a megabyte each, so that no write holds anybody up. `owner` is a segment, or the tables that
-- all segments share, written once and never changed; those that the row above does not name are left over.
CREATE TABLE search_index_piece (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  piece INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX search_index_piece_by_owner ON search_index_piece (owner, name, piece);
