-- A council's own table: how it is to be read (JSON, api/import/table/layout.ts), what was found in it beside what was
-- understood of that, and how many of its rows have been taken in so far.
ALTER TABLE csv_upload ADD COLUMN layout TEXT CHECK (layout IS NULL OR json_valid(layout));
ALTER TABLE csv_upload ADD COLUMN found TEXT CHECK (found IS NULL OR json_valid(found));
ALTER TABLE csv_upload ADD COLUMN progress INTEGER NOT NULL DEFAULT 0;
-- The lines of the history that it has written, as JSON pairs of the first and the last: what undoing it undoes.
ALTER TABLE csv_upload ADD COLUMN lines TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(lines));
-- When it was undone, and what became of that (JSON); NULL while it was not.
ALTER TABLE csv_upload ADD COLUMN undone TEXT CHECK (undone IS NULL OR json_valid(undone));

-- How tables with the same headings are read, as a moderator said it the last time.
CREATE TABLE table_layout (
  -- A hash of the set of headings.
  headings TEXT PRIMARY KEY,
  layout TEXT NOT NULL CHECK (json_valid(layout)),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
