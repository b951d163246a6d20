-- An organization that was joined into another. It stays in its table, without listings, and goes on taking in what its
-- source says; the public is led to the other.
CREATE TABLE joined_organization (
  number INTEGER PRIMARY KEY,
  from_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  into_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  -- ISO 8601, UTC.
  at TEXT NOT NULL,
  -- The number of the moderator.
  person INTEGER NOT NULL,
  -- What the other did not say before, and took over: JSON, by field.
  gained TEXT NOT NULL CHECK (json_valid(gained)),
  undone_at TEXT,
  CHECK (from_id <> into_id)
) STRICT;
CREATE UNIQUE INDEX organization_joined_once ON joined_organization (from_id) WHERE undone_at IS NULL;
CREATE INDEX organization_joined_by_into ON joined_organization (into_id);

-- The listings that went to the other by it, then or later, for taking the two apart.
CREATE TABLE moved_service (
  join_number INTEGER NOT NULL REFERENCES joined_organization (number) ON DELETE CASCADE,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  PRIMARY KEY (join_number, service_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moved_service_by_service ON moved_service (service_id);
