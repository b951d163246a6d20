-- SQLite before 3.45 answers json_valid(NULL) with 0, so `CHECK (json_valid(x))` refuses a null there: Debian 12's sqlite3
-- called every form without a decision damaged, and a dump that it read back lost them.
CREATE TABLE new_submission (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'edit')),
  service_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'unconfirmed', 'waiting', 'asked', 'published', 'refused', 'withdrawn')),
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  base TEXT CHECK (base IS NULL OR json_valid(base)),
  person INTEGER REFERENCES person (id),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  sent_at TEXT,
  decided_at TEXT,
  decision TEXT CHECK (decision IS NULL OR json_valid(decision))
) STRICT, WITHOUT ROWID;
INSERT INTO new_submission (id, kind, service_id, state, answers, base, person, version, created_at, updated_at, sent_at,
    decided_at, decision)
  SELECT id, kind, service_id, state, answers, base, person, version, created_at, updated_at, sent_at, decided_at, decision
  FROM submission ORDER BY id;
DROP TABLE submission;
ALTER TABLE new_submission RENAME TO submission;
CREATE INDEX submission_by_state ON submission (state, updated_at);
CREATE INDEX submission_by_service ON submission (service_id);
CREATE INDEX submission_by_person ON submission (person);
