-- For the lists of Open Referral UK: in the order of ids, page after page, without reading a document.

CREATE INDEX service_published ON service (id, last_modified, organization_id, assured_date)
  WHERE state IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_published_by_organization ON service (organization_id, id)
  WHERE state IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_hidden ON service (last_modified, id)
  WHERE state NOT IN ('published', 'due', 'unconfirmed');
CREATE INDEX service_at_location_in_order ON service_at_location (service_id, location_id);
-- The id of a service at a location is put together from theirs (api/openreferral/ids.ts), so this finds it again.
CREATE INDEX service_at_location_by_id ON service_at_location (
  substr(service_id, 21, 3) || substr(service_id, 25, 12) || substr(location_id, 21, 3) || substr(location_id, 25, 12)
);
CREATE INDEX location_by_point ON location (latitude, longitude) WHERE confidential = 0;
-- The few that are published and closed for now or for good: the search does not know them, the lists do.
CREATE INDEX service_published_closed ON service (id)
  WHERE state IN ('published', 'due', 'unconfirmed') AND document ->> '$.status' <> 'active';
