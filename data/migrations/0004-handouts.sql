-- A short link on a handout: which listings it holds, and what the paper showed of each, so that whoever opens it later
-- learns what has changed. Nothing of the person it was made for, nor of the place that was searched from: days and not
-- moments, so that it cannot be matched with an appointment either.
CREATE TABLE handout (
  -- Random, ten characters (api/handout/code.ts).
  code TEXT PRIMARY KEY,
  -- A list of what api/domain/handout.ts calls Shown, in the order of the paper.
  listings TEXT NOT NULL CHECK (json_valid(listings)),
  -- 'YYYY-MM-DD' in Europe/London; the link works to the end of the day on which it expires.
  made TEXT NOT NULL,
  expires TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX handout_by_expiry ON handout (expires);
