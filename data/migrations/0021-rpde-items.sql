-- A feed that is paged by what has changed (Realtime Paged Data Exchange): all that it has said up to where the last
-- harvest ended, so that the next one goes on there. What it has deleted is not kept.
CREATE TABLE rpde_item (
  feed TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  -- As api/import/source/openactive.ts tells its items apart.
  key TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;
