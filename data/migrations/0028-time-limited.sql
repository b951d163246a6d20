-- Whether a listing is limited in time, by the rule of api/domain/review.ts: it is checked more often, and what falls due is
-- counted without a look into any document. From here on the program writes it; for what is there, this is the rule of its day.
ALTER TABLE service ADD COLUMN time_limited INTEGER NOT NULL DEFAULT 0 CHECK (time_limited IN (0, 1));
UPDATE service SET time_limited = 1
  WHERE kind = 'event' OR (document ->> '$.schedules[0]' IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM json_each(document, '$.schedules')
    WHERE value ->> '$.freq' IS NOT NULL AND value ->> '$.valid_to' IS NULL));
CREATE INDEX service_to_check ON service (assured_date, time_limited, id) WHERE state = 'published';
