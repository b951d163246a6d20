-- A spreadsheet that a moderator has sent, with what it would do: it waits for a day to be confirmed, then it goes.
CREATE TABLE csv_upload (
  -- Random, for the address of the report.
  id TEXT PRIMARY KEY,
  -- The number of the moderator.
  person INTEGER NOT NULL,
  -- The name of the file.
  name TEXT NOT NULL,
  -- What rows without a source of their own come from.
  source TEXT NOT NULL,
  body BLOB NOT NULL,
  -- What api/import/csv/report.ts calls Report.
  report TEXT NOT NULL CHECK (json_valid(report)),
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  -- When it was taken in; NULL while it waits.
  done_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX csv_upload_by_expiry ON csv_upload (expires_at);
