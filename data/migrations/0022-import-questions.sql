-- What moderators are asked about the records of feeds (api/import/questions): like ones of a feed are one question.
CREATE TABLE import_question (
  feed TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
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
  PRIMARY KEY (feed, kind, said)
) STRICT, WITHOUT ROWID;

-- The records that ask something, answered or not, so that they are read anew with an answer, or without it.
CREATE TABLE asked_record (
  feed TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  record_id TEXT NOT NULL,
  -- JSON: [kind, said] of each.
  questions TEXT NOT NULL CHECK (json_valid(questions)),
  -- The record as it came: JSON, deflated.
  raw BLOB NOT NULL,
  PRIMARY KEY (feed, record_id)
) STRICT, WITHOUT ROWID;
