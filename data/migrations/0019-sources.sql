-- Moderators look for the listings of one source: which list or directory each is from, without reading the documents.
CREATE INDEX service_by_source ON service (document ->> '$.source.name');
