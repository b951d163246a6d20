-- What people send in: a form on its way, from the first answer until somebody has decided about it. A listing that is new
-- is here alone until it is published; of one that there is, what shall change waits here.
CREATE TABLE submission (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'edit')),
  -- The listing that it is about; for a new one, the id that it gets when it is published.
  service_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'unconfirmed', 'waiting', 'asked', 'published', 'refused', 'withdrawn')),
  -- As they were typed, right or wrong.
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  -- As the form was filled from the listing to begin with: what differs from it is what somebody changed.
  base TEXT CHECK (json_valid(base)),
  person INTEGER REFERENCES person (id),
  -- Grows with every change, so that two tabs, or two moderators, do not overwrite each other.
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  sent_at TEXT,
  decided_at TEXT,
  -- Who asked or decided, and the words for the sender.
  decision TEXT CHECK (json_valid(decision))
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_by_state ON submission (state, updated_at);
CREATE INDEX submission_by_service ON submission (service_id);
CREATE INDEX submission_by_person ON submission (person);

-- An organization that is listed already is known by its registered number.
CREATE INDEX organization_by_charity ON organization (charity_number) WHERE charity_number IS NOT NULL;
CREATE INDEX organization_by_company ON organization (document ->> '$.company_number')
  WHERE document ->> '$.company_number' IS NOT NULL;
