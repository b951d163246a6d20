-- Who did what, the newest first, is read without a look at what feeds and the upkeep did in between.
CREATE INDEX history_of_people ON history (seq) WHERE person IS NOT NULL;
