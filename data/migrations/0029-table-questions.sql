-- Tables of others leave things open as feeds do, and are asked about on the same pages: `source` is the id of a feed, or
-- of all tables with the same headings (table_layout.headings). Neither refers to `feed` any more.
CREATE TABLE new_import_question (
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- The words that were not understood; '' where nothing is said.
  said TEXT NOT NULL COLLATE NOCASE,
  -- What it may be: JSON, each as it can be written as an answer.
  choices TEXT NOT NULL CHECK (json_valid(choices)),
  -- In words that are understood; '' where it is to stay in words; NULL while nobody has answered.
  answer TEXT,
  answered_at TEXT,
  -- The number of the moderator.
  person INTEGER,
  PRIMARY KEY (source, kind, said)
) STRICT, WITHOUT ROWID;
INSERT INTO new_import_question (source, kind, said, choices, answer, answered_at, person)
  SELECT feed, kind, said, choices, answer, answered_at, person FROM import_question;
DROP TABLE import_question;
ALTER TABLE new_import_question RENAME TO import_question;

CREATE TABLE new_asked_record (
  source TEXT NOT NULL,
  -- As the source calls it; of a table: the id of the listing that the row became.
  record_id TEXT NOT NULL,
  -- JSON: [kind, said] of each.
  questions TEXT NOT NULL CHECK (json_valid(questions)),
  -- The record as it came: JSON, deflated.
  raw BLOB NOT NULL,
  PRIMARY KEY (source, record_id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_asked_record (source, record_id, questions, raw) SELECT feed, record_id, questions, raw FROM asked_record;
DROP TABLE asked_record;
ALTER TABLE new_asked_record RENAME TO asked_record;

CREATE TRIGGER feed_takes_its_questions AFTER DELETE ON feed BEGIN
  DELETE FROM import_question WHERE source = old.id;
  DELETE FROM asked_record WHERE source = old.id;
END;

-- The rows of tables that are listings here, as `imported` has the records of feeds.
CREATE TABLE table_row (
  headings TEXT NOT NULL REFERENCES table_layout (headings),
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  -- The file that brought it last, while that is kept; NULL where it came by the command line.
  upload TEXT REFERENCES csv_upload (id) ON DELETE SET NULL,
  PRIMARY KEY (headings, service_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX table_row_by_service ON table_row (service_id);
CREATE INDEX table_row_by_upload ON table_row (upload) WHERE upload IS NOT NULL;

-- Who made the last of these tables, and what its file was called.
ALTER TABLE table_layout ADD COLUMN name TEXT NOT NULL DEFAULT 'A table';
