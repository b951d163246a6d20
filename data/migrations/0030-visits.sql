-- What people say by one tap after they went to a listing, as counts: no words, no place, nobody.
CREATE TABLE visit (
  service_id TEXT NOT NULL,
  -- 'YYYY-MM-DD' in Europe/London
  day TEXT NOT NULL,
  said TEXT NOT NULL CHECK (said IN ('went', 'closed', 'turned_away')),
  count INTEGER NOT NULL,
  PRIMARY KEY (service_id, day, said)
) STRICT, WITHOUT ROWID;
