-- A listing whose place becomes confidential gets a new id, so that nothing which was published while its address was
-- known leads to it. Here stands which id became which: for the next import, and for the history that moderators read.
-- It is never published: the old id is answered as withdrawn.
CREATE TABLE renewed_id (
  old_id TEXT PRIMARY KEY,
  new_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX renewed_id_by_new ON renewed_id (new_id);
