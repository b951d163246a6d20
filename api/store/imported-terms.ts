import { IS_PUBLIC } from './documents.ts';
import type { Db } from './open.ts';

/** The terms that published records from feeds have, and the ids that those give to services at locations. */

const USED = `EXISTS (SELECT 1 FROM imported_term JOIN service ON service.id = imported_term.service_id AND ${IS_PUBLIC}
  WHERE imported_term.term_id = imported_term_words.term_id)`;

/** Every term in use, as its source describes it, by id. */
export const importedTerms = (db: Db): Record<string, unknown>[] =>
  (db.prepare(`SELECT term FROM imported_term_words WHERE ${USED} ORDER BY term_id`).pluck().all() as string[]).map(
    (term) => JSON.parse(term),
  );

/** The ids, in their order, of the published services that carry any of some terms. */
export const servicesWithTerms = (db: Db, terms: readonly string[]): string[] =>
  db
    .prepare(
      `SELECT DISTINCT service.id FROM imported_term JOIN service ON service.id = imported_term.service_id
       WHERE term_id IN (SELECT value FROM json_each(?)) AND ${IS_PUBLIC} ORDER BY service.id`,
    )
    .pluck()
    .all(JSON.stringify(terms)) as string[];

/** The services from feeds that call one of their places so, with the position of that place. */
export const importedPlaces = (db: Db, placeId: string): { service_id: string; position: number }[] =>
  db.prepare('SELECT service_id, position FROM imported_place WHERE place_id = ?').all(placeId) as {
    service_id: string;
    position: number;
  }[];
