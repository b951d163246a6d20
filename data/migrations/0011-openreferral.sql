-- For the lists of Open Referral UK: in the order of ids, page after page, without reading a document. (`state` is in the
-- index although its condition says it: SQLite would look it up in the table, row by row.)

CREATE INDEX service_published ON service (id, last_modified, organization_id, assured_date, state)
  WHERE state IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_published_by_organization ON service (organization_id, id, last_modified, assured_date, state)
  WHERE state IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_hidden ON service (last_modified, id)
  WHERE state NOT IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_at_location_in_order ON service_at_location (service_id, location_id);
-- The id of a service at a location is put together from theirs (api/openreferral/ids.ts), so this finds it again.
CREATE INDEX service_at_location_by_id ON service_at_location (
  substr(service_id, 21, 3) || substr(service_id, 25, 12) || substr(location_id, 21, 3) || substr(location_id, 25, 12)
);
CREATE INDEX location_by_point ON location (latitude, longitude) WHERE confidential = 0;
CREATE INDEX location_confidential ON location (id, confidential) WHERE confidential = 1;
-- The few that are published and closed for now or for good: the search does not know them, the lists do.
CREATE INDEX service_published_closed ON service (id)
  WHERE state IN ('published', 'due', 'unconfirmed') AND document ->> '$.status' <> 'active';

-- The terms that records from elsewhere carry, so that they can be looked up and asked for.
CREATE TABLE imported_term (
  term_id TEXT NOT NULL,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  PRIMARY KEY (term_id, service_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_term_by_service ON imported_term (service_id);
-- How a term was last described.
CREATE TABLE imported_term_words (
  term_id TEXT PRIMARY KEY,
  term TEXT NOT NULL CHECK (json_valid(term))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER imported_terms_come AFTER INSERT ON imported WHEN NEW.record IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO imported_term
    SELECT value ->> '$.id', NEW.service_id FROM json_tree(NEW.record)
    WHERE key = 'taxonomy_term' AND type = 'object' AND value ->> '$.id' IS NOT NULL;
  INSERT OR REPLACE INTO imported_term_words
    SELECT value ->> '$.id', value FROM json_tree(NEW.record)
    WHERE key = 'taxonomy_term' AND type = 'object' AND value ->> '$.id' IS NOT NULL;
END;
CREATE TRIGGER imported_terms_change AFTER UPDATE OF record ON imported WHEN NEW.record IS NOT OLD.record
BEGIN
  DELETE FROM imported_term WHERE service_id = NEW.service_id;
  INSERT OR IGNORE INTO imported_term
    SELECT value ->> '$.id', NEW.service_id FROM json_tree(coalesce(NEW.record, '{}'))
    WHERE key = 'taxonomy_term' AND type = 'object' AND value ->> '$.id' IS NOT NULL;
  INSERT OR REPLACE INTO imported_term_words
    SELECT value ->> '$.id', value FROM json_tree(coalesce(NEW.record, '{}'))
    WHERE key = 'taxonomy_term' AND type = 'object' AND value ->> '$.id' IS NOT NULL;
END;

-- The ids that records from elsewhere give to services at their locations: the first is at the first location, and so on.
CREATE TABLE imported_place (
  place_id TEXT NOT NULL,
  service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (place_id, service_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_place_by_service ON imported_place (service_id);
CREATE TRIGGER imported_places_come AFTER INSERT ON imported WHEN NEW.record IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO imported_place
    SELECT value ->> '$.id', NEW.service_id, key FROM json_each(NEW.record, '$.service_at_locations')
    WHERE type = 'object' AND value ->> '$.id' IS NOT NULL;
END;
CREATE TRIGGER imported_places_change AFTER UPDATE OF record ON imported WHEN NEW.record IS NOT OLD.record
BEGIN
  DELETE FROM imported_place WHERE service_id = NEW.service_id;
  INSERT OR IGNORE INTO imported_place
    SELECT value ->> '$.id', NEW.service_id, key FROM json_each(coalesce(NEW.record, '{}'), '$.service_at_locations')
    WHERE type = 'object' AND value ->> '$.id' IS NOT NULL;
END;
