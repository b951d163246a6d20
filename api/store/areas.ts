import { IS_ACTIVE, IS_PUBLIC } from './documents.ts';
import type { Db } from './open.ts';

const LISTED = `${IS_PUBLIC}
  AND ${IS_ACTIVE}`;

/** The postcode of each venue that may be shown, for every public listing: a row for each pair. */
export const venuePostcodes = (db: Db): Iterable<[service: string, postcode: string]> =>
  db
    .prepare(
      `SELECT service.id, location.document ->> '$.address.postal_code' AS postcode
       FROM service JOIN service_at_location AS at ON at.service_id = service.id
         JOIN location ON location.id = at.location_id
       WHERE ${LISTED} AND location.confidential = 0 AND postcode IS NOT NULL`,
    )
    .raw()
    .iterate() as Iterable<[string, string]>;

/** The code of each district that a public listing serves, as a whole or a ward of it: a row for each pair. */
export const servedDistricts = (db: Db): Iterable<[service: string, district: string]> =>
  db
    .prepare(
      `SELECT DISTINCT service.id, CASE area.value ->> '$.type'
           WHEN 'district' THEN area.value ->> '$.code' ELSE area.value ->> '$.district' END AS district
       FROM service, json_each(service.document, '$.service_areas') AS area
       WHERE ${LISTED} AND district IS NOT NULL`,
    )
    .raw()
    .iterate() as Iterable<[string, string]>;
