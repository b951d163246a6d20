-- The directory. Names are those of HSDS / Open Referral UK.
--
-- What is shared has a table: organizations, locations, and the links from services to locations. What belongs to one
-- service and is never looked up by itself (its schedules, costs, languages, areas …) is stored inside it as one JSON
-- document, checked against api/domain/service.ts on the way in. So a listing is read and written whole, a reader never
-- meets half of one, and a field that the schema gains needs no migration of old rows.

CREATE TABLE organization (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  charity_number TEXT GENERATED ALWAYS AS (document ->> 'charity_number') VIRTUAL,
  example INTEGER NOT NULL DEFAULT 0,
  document TEXT NOT NULL CHECK (json_valid(document)),
  last_modified TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE location (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Degrees, WGS84; both or neither. Never 0,0: what has no point has none.
  latitude REAL,
  longitude REAL,
  confidential INTEGER NOT NULL DEFAULT 0,
  document TEXT NOT NULL CHECK (json_valid(document)),
  last_modified TEXT NOT NULL,
  CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE service (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'awaiting_review', 'published', 'due', 'unconfirmed', 'archived', 'suspended')),
  assured_date TEXT NOT NULL,
  example INTEGER NOT NULL DEFAULT 0,
  document TEXT NOT NULL CHECK (json_valid(document)),
  last_modified TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX service_by_organization ON service (organization_id);

CREATE TABLE service_at_location (
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  location_id TEXT NOT NULL REFERENCES location (id),
  PRIMARY KEY (service_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_at_location_by_location ON service_at_location (location_id);

-- What the program keeps for itself: the key that seals places, which postcode table is in force.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
