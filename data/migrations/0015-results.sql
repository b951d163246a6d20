-- What a search shows of a listing, whoever asks: derived, encoded, ready to be sent. It holds until a session is over or
-- the listing changes in whatever way, and is made anew in the background (api/keep-results.ts).

CREATE TABLE result (
  -- The service and the location that it is shown with, or 'none', a blank between.
  key TEXT NOT NULL PRIMARY KEY,
  -- The weekday of the next session, 0 for Monday; NULL where none is known.
  weekday INTEGER,
  -- For the reason why it is there: the areas that it serves, and how it is met without a venue.
  areas TEXT NOT NULL,
  remote TEXT NOT NULL,
  -- Milliseconds since 1970: from when and until when it holds; no end is NULL.
  since INTEGER NOT NULL,
  until INTEGER,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX result_by_until ON result (until) WHERE until IS NOT NULL;
CREATE TRIGGER result_is_outdated AFTER UPDATE ON service
BEGIN DELETE FROM result WHERE key > OLD.id || ' ' AND key < OLD.id || '!'; END;
CREATE TRIGGER result_is_gone AFTER DELETE ON service
BEGIN DELETE FROM result WHERE key > OLD.id || ' ' AND key < OLD.id || '!'; END;

-- The last service that has been seen to, in the order of revision and id, and the program that wrote the results: those of
-- another are made anew.
CREATE TABLE result_cursor (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  service_id TEXT NOT NULL,
  edition TEXT NOT NULL
) STRICT;
INSERT INTO result_cursor VALUES (1, 0, '', '');
