-- Organizations, locations and services become ordinary tables. Kept in the order of their random ids, every new one lay
-- somewhere among all others, and documents of more than a kilobyte spilled over: 942 MB for 200,000 services whose
-- documents are 300. Now rows are appended, and what is in the order of ids are small indexes. Documents come last, so that
-- nothing else lies behind them.
--
-- Foreign keys are off while migrations run (api/store/open.ts): dropping a table takes nothing with it that refers to it.
-- Indexes of an ordinary table do not hold the id unless they say so: those say so of which it is read.

CREATE TABLE new_organization (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  charity_number TEXT GENERATED ALWAYS AS (document ->> 'charity_number') VIRTUAL,
  example INTEGER NOT NULL DEFAULT 0,
  last_modified TEXT NOT NULL,
  document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
INSERT INTO new_organization (id, name, example, last_modified, document)
  SELECT id, name, example, last_modified, document FROM organization ORDER BY id;
DROP TABLE organization;
ALTER TABLE new_organization RENAME TO organization;
-- Of any case: for spreadsheets that name an organization, and for moderators who search.
CREATE INDEX organization_by_name ON organization (name COLLATE NOCASE, id);
CREATE INDEX organization_by_charity ON organization (charity_number) WHERE charity_number IS NOT NULL;
CREATE INDEX organization_by_company ON organization (document ->> '$.company_number')
  WHERE document ->> '$.company_number' IS NOT NULL;

CREATE TABLE new_location (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- Degrees, WGS84; both or neither. Never 0,0: what has no point has none.
  latitude REAL,
  longitude REAL,
  confidential INTEGER NOT NULL DEFAULT 0,
  last_modified TEXT NOT NULL,
  document TEXT NOT NULL CHECK (json_valid(document)),
  CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;
INSERT INTO new_location (id, name, latitude, longitude, confidential, last_modified, document)
  SELECT id, name, latitude, longitude, confidential, last_modified, document FROM location ORDER BY id;
DROP TABLE location;
ALTER TABLE new_location RENAME TO location;
-- For what lies within a rectangle. Moderators look through all the names in it, so that no document is read.
CREATE INDEX location_by_point ON location (latitude, longitude, confidential, id, name);
CREATE INDEX location_confidential ON location (id, confidential) WHERE confidential = 1;

CREATE TABLE new_service (
  id TEXT NOT NULL PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'awaiting_review', 'published', 'due', 'unconfirmed', 'archived', 'suspended')),
  assured_date TEXT NOT NULL,
  example INTEGER NOT NULL DEFAULT 0,
  last_modified TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
INSERT INTO new_service (id, organization_id, name, kind, state, assured_date, example, last_modified, revision, document)
  SELECT id, organization_id, name, kind, state, assured_date, example, last_modified, revision, document FROM service
  ORDER BY id;
DROP TABLE service;
ALTER TABLE new_service RENAME TO service;
CREATE TRIGGER service_is_remembered AFTER DELETE ON service
BEGIN
  UPDATE revision SET value = value + 1;
  INSERT OR REPLACE INTO withdrawn SELECT OLD.id, value, strftime('%Y-%m-%dT%H:%M:%fZ') FROM revision;
END;
-- What is newer than a revision; and all that moderators search, so that a look through 200,000 names reads no document.
CREATE INDEX service_by_revision
  ON service (revision, id, name, state, organization_id, assured_date, last_modified);
-- The services of an organization, in the order of their ids, and all that lists of Open Referral UK ask of them.
CREATE INDEX service_by_organization ON service (organization_id, id, last_modified, assured_date, state);
CREATE INDEX service_published ON service (id, last_modified, organization_id, assured_date, state)
  WHERE state IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_published_closed ON service (id)
  WHERE state IN ('published', 'due', 'unconfirmed') AND document ->> '$.status' <> 'active';
CREATE INDEX service_hidden ON service (last_modified, id)
  WHERE state NOT IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_for_review ON service (state, assured_date);
CREATE INDEX service_by_until ON service (document ->> '$.availability.until')
  WHERE document ->> '$.availability.until' IS NOT NULL;
CREATE INDEX service_event ON service (id) WHERE kind = 'event';
-- The id of a service at a location is put together from theirs (api/openreferral/ids.ts): this half finds it again.
CREATE INDEX service_by_tail ON service (substr(id, 21, 3) || substr(id, 25, 12));

-- In the order in which services at locations are listed; it was kept twice, in this order and in that of positions.
CREATE TABLE new_service_at_location (
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  location_id TEXT NOT NULL REFERENCES location (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (service_id, location_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO new_service_at_location (service_id, location_id, position)
  SELECT service_id, location_id, position FROM service_at_location ORDER BY service_id, location_id, position;
DROP TABLE service_at_location;
ALTER TABLE new_service_at_location RENAME TO service_at_location;
CREATE INDEX service_at_location_by_location ON service_at_location (location_id);
